### What clscope says, in English.
###
### Syntax: https://projectfluent.org/fluent/guide/. An id is lower case with hyphens and begins with the room it is used
### in; a message is a whole sentence or a whole label, never a piece of one; plurals are chosen by a number:
###     { $count -> [one] { $count } model *[other] { $count } models }
### Names that are typed or saved (pooled, mean-words, --model, HF_HOME) are not translated; file names, numbers with
### digits behind the point and quoted words come as arguments. tests/messages.rs holds the code against this file.
###
### Words we use:
###     token          what the tokenizer makes of a text: a word or a subword, or a special token
###     subword        a token that is a part of a word, ##ing
###     special token  [CLS], [SEP], [PAD], [MASK] and whatever else the tokenizer declares special
###     attention, weight   the share of its attention that one token gives another; "[CLS] looks at ..."
###     source, target the query token that looks, the key token looked at; [CLS] is the source by default
###     head           an attention head; what sits on top of the model is an output head, never just a head
###     layer          from 1 on screen; 0 is the embeddings
###     hidden state   the vector of a token after a layer
###     trace          everything that one forward pass gave for one input
###     pair           two sentences read in one input ("joined": [CLS] A [SEP] B [SEP]) or each alone
###     pooling        how one vector is made of all tokens': declared, pooled, cls, mean, mean-words, max, first-last,
###                    layer1-last; declared is what the model was trained to be read as
###     pooled output, sequence output   BERT's two outputs: get_pooled_output, get_sequence_output
###     similarity     cosine, dot product or Euclidean distance of two vectors
###     background     sentences that have nothing to do with each other, to rank a similarity among
###     calibration    the percentile of a similarity among the pairs of the background; centred, whitened
###     measure        what fills a heat map: attention weights first
###     ablation       a head, layer or token switched off: mask (hidden from all) or replace (read as [MASK])
###     sweep          one ablation after the other
###     baseline       a reading that is pinned, with which others are compared
###     reading        what came of one input: joined, A alone or B alone
###     heat map, matrix, scatter, table   the forms in which numbers are drawn
###     effective tokens    exp of the entropy of a row of attention
###     principal components    the axes of a scatter
###     checkpoint     the files of a model: configuration, tokenizer, weights
###     Hub            the Hugging Face Hub, or a mirror of it; a model of it has revisions
###     cache          the files of the Hub on this machine, which Python shares
###     session        the explorer's state as a file
###     truncated      of a text that is longer than the model reads, or than it was trained for: the rest is left out

## Everywhere (src/guard.rs)

guard-silent-panic = it stopped without saying why
# A text in a data file; the first stands behind "expected".
messages-translated = a text, or a table of texts such as {"{"} en = "...", zh = "..." {"}"}
messages-no-language = unknown language { $name }; one of: { $choices }
messages-listed = { $before }, { $next }
messages-sentences = { $before } { $next }
messages-remarks = { $before }; { $next }

## Why the system refuses a file, and what helps (src/messages/system.rs)

system-remedy = { $reason }; { $remedy }
system-not-found = there is no such file or directory
system-not-allowed = the system does not permit it
system-exists = there is a file of that name
system-full = the disk is full
system-quota = the disk quota is used up
system-too-large = the file is too large for this disk, or for the limit of the shell (ulimit -f)
system-read-only = the disk is read-only
system-directory = it is a directory
system-no-directory = a part of the path is not a directory
system-name = the name is too long, or has a character that no name may have
system-not-text = it is not UTF-8 text
system-loop = its symbolic links lead in a circle
system-make-readable = make it readable (chmod u+r), or name another
system-name-file-in-it = name a file in it
system-save-as-text = save it as UTF-8
system-check-path = check the path
system-make-directory = make its directory first (mkdir -p), or name another
system-make-room = free some space, or name a file on another disk
system-name-other = name another
system-name-other-file = name a file in a directory that you may write to

## Models and what they read (src/bert/)

bert-activation-learned = hidden_act is { $name }, which learns parameters, and clscope does not read them; open another model
bert-activation-unknown = hidden_act is { $name }, which is not an activation of transformers; name the one the model was trained with: { $known }

bert-tokenizer-python = its tokenizer { $class } splits text in Python, which clscope does not run, and any other way of splitting gives other tokens; open a model that has a tokenizer.json
bert-tokenizer-no-file = its tokenizer { $class } is read from tokenizer.json only, and there is none; write it once, in the model's directory: python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('.').save_pretrained('.')" (a file of SentencePiece needs: pip install sentencepiece protobuf)
bert-tokenizer-no-older-file = its tokenizer { $class } is read from tokenizer.json or { $files }, and none is there; copy them from the model that it was trained from
bert-tokenizer-no-vocabulary = it has neither tokenizer.json nor vocab.txt, one of which its tokenizer { $class } needs; copy one from the model that it was trained from
bert-tokenizer-other-model = its tokenizer { $class } has { $expected } pieces, but tokenizer.json has { $found } pieces; if the file is right, set "tokenizer_class" in tokenizer_config.json to "TokenizersBackend"
bert-tokenizer-sentence-pieces = vocab.txt has the pieces of SentencePiece, which BERT's tokenizer would not find; write a tokenizer.json with the model's own tokenizer, and set "tokenizer_class" in tokenizer_config.json to "TokenizersBackend"
bert-tokenizer-merge = line { $line } is not two pieces with a blank between
bert-tokenizer-no-sentence-pieces = { $file } is not a model of SentencePiece
bert-tokenizer-no-token = the vocabulary has no token { $token }
bert-tokenizer-no-special-token = { $file } has no token { $token }; name the one it has instead with "{ $setting }" in tokenizer_config.json

bert-head-name-pooler = pooler
bert-head-name-masked-language = masked-language head
bert-head-name-next-sentence = next-sentence head
bert-head-name-sentence-order = sentence-order head
bert-head-name-sequence-classification = text classifier
bert-head-name-multiple-choice = multiple-choice head
bert-head-name-token-classification = token classifier
bert-head-name-question-answering = question-answering head
bert-head-name-replaced-tokens = replaced-token head
bert-head-name-probe = probe
bert-head-missing = the { $head } is not used: the weights lack { $name } { $shape }; add the tensor
bert-head-labels = the { $head } is not used: { $name } has { $rows } rows, config.json has { $labels } labels; correct id2label or num_labels in config.json
bert-head-label-list = the { $head } is not used: id2label in config.json is a list, which transformers does not read; write an object with the row before each name
bert-head-label-form = the { $head } is not used: id2label in config.json is no object of rows and names, which is what transformers reads; write one with the row before each name
bert-head-shape = the { $head } is not used: { $name } has shape { $found }, config.json asks for { $expected }; correct config.json or the weights
bert-head-type = the { $head } is not used: { $name } holds no floating-point numbers; save it as float32
bert-head-no-pooler = the { $head } is not used: it reads the pooler output, and the weights have no pooler; add pooler.dense, or correct architectures in config.json
bert-remark-assumed-head = the classifier is read as that of { $class }, because config.json names no class that has one; set "architectures" in config.json to choose
bert-remark-output-activation = the activation { $activation } that sentence-transformers applies is not known; transformers' is applied
bert-remark-label-rows = id2label in config.json has no name for { $count ->
    [one] row { $missing } of 0 to { $last }, which is called { $called }, and a name that is of no row
   *[other] rows { $missing } of 0 to { $last }, which are called { $called }, and names that are of no row
} ({ $left_out }), which clscope leaves out; correct id2label
bert-remark-label-count = num_labels in config.json says { $count }, id2label has { $names ->
    [one] one name
   *[other] { $names } names
}: as in transformers num_labels decides, and labels are called LABEL_0 and so on; correct one of the two
bert-remark-cross-encoder-limit = sentence-transformers' CrossEncoder truncates inputs after { $limit } tokens; clscope reads up to { $most }, so scores of longer inputs differ
bert-remark-unknown-class = tokenizer.json is read as it is, because transformers has no tokenizer { $class }
bert-remark-rebuilt = tokenizer.json has parts that { $class } does not read, as in transformers 5 (4 read them, under the settings of tokenizer_config.json): { $parts }; to read the whole file, set "tokenizer_class" in tokenizer_config.json to "TokenizersBackend"
bert-remark-lower-case = no file says whether case matters; its vocabulary has no capitals, so text is made lower case
bert-remark-keeps-case = no file says whether case matters; its vocabulary has capitals, so case is kept
bert-remark-no-token-types = both sentences of a pair have token type 0, because { $class } hands none over, as in transformers 5 (4 handed over 0 and 1); for these, set "model_input_names" in tokenizer_config.json to ["input_ids", "token_type_ids", "attention_mask"]
## What a model was trained to be read as (src/bert/)

# Why there is no vector "declared"; behind "declared is missing: " and the like.
bert-declared-no-modules = the model has no modules.json, so nothing says how it was trained to be read (of a model of the Hub, clscope models fetch brings what there is)
bert-declared-file = { $file }: { $reason }
bert-declared-missing = there is no such file
bert-declared-not-finite = { $tensor } holds NaN or infinity
bert-declared-module = modules.json asks for { $module }, a module that clscope does not read
bert-declared-setting = { $file } sets { $setting } to { $value }, which clscope does not read
bert-declared-model-type = config_sentence_transformers.json calls the model a { $kind }, which makes no vector of a sentence
bert-declared-no-transformer = modules.json does not begin with a Transformer
bert-declared-no-pooling = no module in modules.json makes one vector of the tokens' vectors
bert-declared-size = { $module } expects vectors of { $expected } numbers and gets { $found }
bert-declared-prompt = config_sentence_transformers.json names the default prompt { $name }, which is not among its prompts

# What models check finds in a model's files.
bert-word-no-token = id { $id } (no token)
bert-finding-not-declared = nothing says as what the model was trained to be read: { $reason }
bert-finding-no-limit = no file names a limit of tokens: each reader takes its own, clscope and sentence-transformers the model's { $positions }
bert-finding-no-settings = there is no config_sentence_transformers.json: the model has no prompts, and no similarity of its own
bert-finding-limit-beyond = the limit is { $declared } tokens, but the model reads at most { $most }: Python fails on a longer text, clscope truncates it
bert-finding-limits = sentence_bert_config.json truncates after { $modules } tokens, tokenizer_config.json after { $tokenizer }: sentence-transformers takes the first, readers without it the second
bert-finding-lower-case = { $first } says lower case: { $first_value }, { $second } says { $second_value }: readers that follow one or the other make other tokens
bert-finding-pooling-none = { $file } switches no pooling on: sentence-transformers then takes the mean, other readers may fail or take [CLS]
bert-finding-pooling-size = { $file } names vectors of { $named } numbers, the model's have { $hidden }

bert-config-syntax = config.json cannot be read: { $reason }; use the config.json that save_pretrained wrote
bert-config = config.json: { $reason }
# These stand behind "config.json:".
bert-config-model-type = model_type is { $found }; clscope reads encoders with model_type { $known }
bert-config-no-model-type = it has no model_type, and architectures is { $found }; add "model_type": { $wanted } to it
bert-config-other-form = its settings have the names that { $found } gives them, and it is read as that of { $own }; write "model_type": { $wanted } into it
bert-config-rotary = model_type is { $found }, an encoder with rotary positions, which clscope does not compute; it reads model_type { $known }
bert-config-norm-first = model_type is { $found }, an encoder with layer norms before each block, which clscope does not compute; it reads model_type { $known }
bert-config-disentangled = model_type is { $found }, an encoder with disentangled attention, which clscope does not compute; it reads model_type { $known }
bert-config-model-decoder = model_type is { $found }, a decoder, where no token sees the tokens behind it; clscope reads encoders with model_type { $known }
bert-config-encoder-decoder = model_type is { $found }, an encoder with a decoder, which clscope does not compute; it reads model_type { $known }
bert-config-position-embedding = position_embedding_type { $found } is not supported; only "absolute" is BERT's own
bert-config-decoder = is_decoder is true; clscope reads encoders, where every token sees every token
bert-config-size = { $name } is { $value }; it must lie between 1 and { $most }
bert-config-pruned-heads = { $count ->
    [one] pruned_heads removes { $count } head; clscope reads models with all their heads, so open the model that it was made from
   *[other] pruned_heads removes { $count } heads; clscope reads models with all their heads, so open the model that it was made from
}
bert-config-heads = num_attention_heads ({ $heads }) does not divide hidden_size ({ $size })
bert-config-positions = max_position_embeddings is below { $fewest }, too short for [CLS] A [SEP] and one word
bert-config-buckets = relative_attention_num_buckets is { $value }; it must lie between { $fewest } and 1024
bert-config-epsilon = layer_norm_eps is { $value }; it must be a small positive number

bert-tokenizer = the tokenizer cannot be read: { $reason }; download the model again
bert-tokenizer-unread = { $file } cannot be read: { $reason }; if another version of tokenizers wrote it, write it once more, in the model's directory: python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('.').save_pretrained('.')"
bert-token-id = the tokenizer gives token id { $id }, but the model knows only ids below { $known }: either tokens were added and the embeddings not resized (resize_token_embeddings in Python), or tokenizer and weights belong to different models
bert-tokenize = the text cannot be tokenized: { $reason }
# This stands behind "the text cannot be tokenized:".
bert-normalizer-grows = the normalizer of its tokenizer.json makes more than { $most } MB of it; shorten the text, or download the tokenizer again
bert-tokens = it comes to { $tokens } tokens, the model reads 1 to { $limit }

bert-weights = { $file } cannot be read: { $reason }; download the model again
# These stand behind "... cannot be read:".
bert-weights-short = it has only { $bytes } bytes
# This stands alone: the file is whole, but not what is read. Below is what stands behind "... cannot be read:".
bert-weights-as-is = { $file } cannot be read: { $reason }
bert-weights-lfs = it is a pointer of git-lfs, not the weights; run git lfs pull in the model's directory
# These stand behind "... cannot be read:".
bert-tensorflow-no-table = it does not end as an index of TensorFlow does
bert-tensorflow-packed = its blocks are packed, which clscope does not unpack
bert-tensorflow-checksum = a checksum in it does not fit
bert-tensorflow-index = what it says of its tensors leads nowhere
bert-tensorflow-big-endian = its numbers begin with their highest byte, and clscope reads the other order
bert-tensorflow-large = it has { $bytes } bytes, too many for an index
bert-tensorflow-short = { $name } lies beyond its { $bytes } bytes
bert-tensorflow-shards = its data are in { $expected } files, and { $found } { $found ->
    [one] is
   *[other] are
} there; put all of them beside it
bert-tensorflow-objects = it was written by Keras, with a tree of objects in the place of names; save the model with transformers: save_pretrained
bert-weights-is-safetensors = it is a safetensors file; rename it to model.safetensors
bert-weights-pickled-model = it holds a whole model, not its weights; write them once with the program that made it: torch.save(model.state_dict(), "{ $file }")
bert-weights-header-size = its header claims { $claimed } bytes, the file has { $bytes }
bert-weights-header = its header is wrong: { $reason }
bert-weights-size = it should have { $expected } bytes, it has { $bytes }
bert-load = the weights cannot be loaded: { $reason }; download the model again
# This stands behind "the weights cannot be loaded:".
bert-weights-claim = { $bytes } bytes of files claim to hold { $claimed }
bert-tensor-type = the weights of tensor { $name } are not floating-point numbers; use a checkpoint that is not quantized
bert-tensor-shape = tensor "{ $name }" has shape { $found } where config.json asks for { $expected }; the two files belong to different models
bert-table-rows = tensor "{ $name }" has { $rows } rows, and { $setting } in config.json is { $said }; if the two files are of one model, write "{ $setting }": { $rows } into config.json
bert-other-family = the names of the tensors are those of { $found }, and config.json is that of { $own }; open the weights with their own config.json, or write into this one "model_type": { $families ->
    [one] { $wanted }
   *[other] one of { $wanted }
}
bert-several-encoders = the weights hold several encoders, whose names begin with { $prefixes }; save one of them with save_pretrained and open that
bert-pruned-heads = { $others ->
    [0] heads were pruned: layer { $layer } has { $left } of { $heads }; clscope reads models with all their heads, so open the model that it was made from
    [one] heads were pruned: layer { $layer } has { $left } of { $heads }, and { $others } other layer has fewer; clscope reads models with all their heads, so open the model that it was made from
   *[other] heads were pruned: layer { $layer } has { $left } of { $heads }, and { $others } other layers have fewer; clscope reads models with all their heads, so open the model that it was made from
}
bert-missing-tensor = { $others ->
    [0] the weights have no tensor "{ $name }" of shape { $shape }; open the weights with the config.json that was saved with them
    [one] the weights have no tensor "{ $name }" of shape { $shape } (and { $others } more); open the weights with the config.json that was saved with them
   *[other] the weights have no tensor "{ $name }" of shape { $shape } (and { $others } more); open the weights with the config.json that was saved with them
}

bert-no-such-head = there is no layer { $layer }, head { $head } to ablate; the model has { $layers } layers of { $heads } heads: choose one of them
bert-no-such-token = there is no token { $position } to ablate; the input has 0 to { $last }
bert-no-such-layer = there is no layer { $layer } in which edges can be cut; the model has layers 1 to { $layers }
bert-nothing-to-look-at = token { $position } has nothing left to look at in layer { $layer }; leave it at least one token that is not hidden
bert-every-token-masked = every token is masked, so there is nothing left to look at; leave at least one unmasked
bert-no-mask-token = the tokenizer has no [MASK] to read instead of a token; mask the token from attention, or open another model
bert-other-trace = this was read by another model; read the text again with this one
bert-too-large = a trace of { $tokens } tokens would take { $gigabytes } GB of memory; shorten the text, or open a smaller model

bert-unknown-backend = unknown backend { $name }; one of: { $choices }
bert-backend-missing = this build has no { $backend } backend; build it in with: cargo build --release --features { $backend }
bert-backend-failed = the { $backend } backend failed: { $reason }; try a shorter text, or another --backend
# This stands behind "... backend failed:".
bert-no-trace = it returned no trace

## Where models come from (src/models/)

models-unknown = no model { $name }: it is neither "embedded" nor a directory here, and { $reason }
models-no-directory = there is no directory { $name }; name one that holds config.json, a tokenizer and weights
models-no-revisions = --revision names a revision of the Hub; { $name } has none
models-not-embedded = this build carries no model; name a directory or a model of the Hub with --model, or build with the cargo feature "embedded"
models-file = cannot read { $path }: { $reason }
models-no-file = there is no such file
models-no-config = there is no such file; a model directory needs config.json, a tokenizer and weights
models-not-a-file = it is not a file; put the model's own in its place
models-link-to-nothing = it is a link to nothing; download the model again, or put the file in its place
models-file-too-large = { $bytes } bytes are too many for this file; put the model's own in its place
models-missing-shard = it names { $name }, which is missing; download it
models-shard-elsewhere = it names { $name }, which is no file beside it
models-lfs = it is a pointer of git-lfs and not the file itself; run git lfs pull in the model's directory
models-not-a-directory = { $name } is a file; name the directory that holds config.json, a tokenizer and weights (an archive must be unpacked first)
models-zip-contents = it holds no TensorFlow checkpoint with bert_config.json and vocab.txt, and other models are not read from a zip; unpack it and open its directory
models-holds = { $path }: { $contents }
# These stand behind the name of a directory or a model.
models-holds-cache = this is the model's folder in the Hub's cache; open { $path }, or name the model as org/name
models-holds-adapter = this is an adapter (adapter_config.json) of { $base }, and clscope reads no adapters; open that model, or merge them: python -c "from peft import AutoPeftModel; AutoPeftModel.from_pretrained('.').merge_and_unload().save_pretrained('merged')" and copy the tokenizer (where they are merged already, remove adapter_config.json)
models-holds-some-model = another model
models-holds-tensorflow = it holds a part of a TensorFlow checkpoint ({ $name }); clscope reads one from a directory or a zip that has { $name }.index, every { $name }.data-*, { $config } and vocab.txt, so put these into one directory and open that
models-holds-electra = it holds a part of ELECTRA's TensorFlow checkpoint ({ $name }); clscope reads one from a directory that has { $name }.index, every { $name }.data-*, vocab.txt and config.json, and Google gave it away without the last, so copy that of the same size from the Hub (google/electra-small-discriminator, -base-, -large-)
models-holds-keras = it holds TensorFlow weights ({ $file }), which clscope does not read; convert them in this directory with transformers 4 and tensorflow: python -c "from transformers import BertForPreTraining as M; M.from_pretrained('.', from_tf=True).save_pretrained('.')"
models-holds-flax = it holds Flax weights ({ $file }), which clscope does not read; convert them in this directory with transformers 4 and flax: python -c "from transformers import BertForPreTraining as M; M.from_pretrained('.', from_flax=True).save_pretrained('.')"
models-holds-converted = it holds { $file }, weights converted for another program, which clscope does not read; open the checkpoint that they were made from (model.safetensors or pytorch_model.bin)
models-holds-renamed = it holds { $file }, and weights are looked for as { $name }; if these are the weights, rename the file
models-holds-older-config = it holds { $file } and no config.json; copy the one to the other
models-holds-tokenizer = it holds { $file } and no tokenizer.json; write it once, in this directory: python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('.').save_pretrained('.')" (a file of SentencePiece needs: pip install sentencepiece protobuf)
models-holds-folder = the checkpoint is in its folder { $folder }; open that
models-holds-folders = it holds { $count } checkpoints, each in a folder of its own: { $folders }; open one of them
models-no-weights = { $path } holds no weights; a model directory has model.safetensors or pytorch_model.bin, whole or in shards with an index

# Where a model is, in one word of at most 9 cells.
models-place-embedded = embedded
models-place-cached = cached
models-place-directory = directory
models-place-download = download

models-embedded-note = { $name }, inside the program: small, quick, trained to compare sentences
models-embedded-languages = English

## How far a download is (src/models/progress.rs)

progress-here = { $done } of { $total } · { $percent }%
progress-rate = { $rate }/s · { $left }
progress-waiting = waiting for data
progress-seconds-left = { $seconds } s left
progress-minutes-left = { $minutes } min { $seconds } s left
progress-hours-left = { $hours } h { $minutes } min left

## The Hub (src/models/hub/). Each error stands behind the name of a model, or a file, and a colon.

hub-no-cache = there is no home directory for the cache of models; set HF_HOME
hub-endpoint = HF_ENDPOINT is { $value }; it must be an address such as https://huggingface.co or that of a mirror
hub-token = the Hub token (HF_TOKEN, or the file of hf auth login) holds characters that no token has; log in again
hub-offline = it is not in the cache, and clscope is offline; fetch it once with a network (clscope models fetch), or drop --offline and HF_HUB_OFFLINE
hub-partial = the cache has only a part of it ({ $missing } is missing), and clscope is offline; fetch the rest with a network (clscope models fetch)
hub-unreachable = cannot reach { $endpoint } ({ $reason }); check the network, or set HF_ENDPOINT to a mirror
hub-authorities = { $variable } names { $path }, of which no certificates can be read ({ $reason }); name a PEM file of certificates, or unset it
hub-authorities-none = it holds none
hub-certificate-untrusted = no authority that this system trusts signed the certificate of { $host }; if a proxy inspects the traffic, name the PEM file of its authority with SSL_CERT_FILE
hub-certificate-untrusted-named = no authority that { $trusted } names signed the certificate of { $host }; name a PEM file that has its authority too, or unset the variable
hub-certificate = the certificate of { $host } is wrong ({ $reason }); check the address and the clock of this machine
hub-proxy-address = { $variable } is no address of a proxy, such as http://proxy.example:8080; correct or unset it
hub-proxy = the proxy { $proxy } does not reach { $host } ({ $reason }); check { $variable }, or name the host in NO_PROXY
hub-refused = the Hub refuses it (status { $status }): it is gated, private, or does not exist; check the name, accept its terms on its page, and set HF_TOKEN to a token of yours
hub-not-found = the Hub has no such model, or not in that revision; check the name, and --revision if you gave one
hub-too-many-requests = the Hub answers that it was asked too often (status 429); wait some minutes, or set HF_TOKEN to a token of yours
hub-status = the Hub answers with status { $status }; try again later, or set HF_ENDPOINT to a mirror
hub-no-such-file = it has no { $file }, which every model in the form of transformers has; is it a BERT?
hub-not-whole = files of weights (.data-) that belong to { $index } are missing there; ask its author for them, or open another model
hub-holds = { $contents }; get its directory with: hf download { $id } --local-dir .
hub-lost = the connection was lost after { $done } of { $total } ({ $reason }); run it again to go on from there
hub-silent = nothing came for { $seconds } s; run it again to go on from there, or set HF_ENDPOINT to a mirror
hub-size = { $file } should have { $expected } bytes, { $found } came; run it again, or set HF_ENDPOINT to a mirror
hub-checksum = { $file } came damaged: its SHA-256 is not the one that the Hub names; run it again, or set HF_ENDPOINT to a mirror
hub-locked = another program is downloading it and holds { $path }; wait for it, or end it
hub-disk = the cache { $path } cannot be written ({ $reason }); make room there, or set HF_HOME to another place
hub-cancelled = the download was cancelled; what has come is kept
hub-library = the download stopped ({ $reason }); please report it
hub-thread-gone = its thread is gone

hub-answer = what came from { $endpoint } is not what the Hub answers ({ $reason }); is HF_ENDPOINT a Hub?
hub-answer-redirect-nowhere = a redirect to nowhere
hub-answer-redirects = one redirect after the other
hub-answer-no-header = the header { $name } is missing
hub-answer-no-size = a file without a size
hub-answer-no-host = an address without a host
hub-answer-no-range = a range without its place
hub-answer-range = bytes from { $found } on, asked for from { $asked } on
hub-answer-status = status { $status }
hub-answer-cut = { $file } ends after { $bytes } bytes
hub-answer-no-commit = { $commit } is no commit
hub-answer-other-commit = { $file } is of another commit
hub-answer-etag = { $file } has the etag { $etag }
hub-answer-too-large = { $file } has { $bytes } bytes

hub-name-two-revisions = { $name } names a revision, and so does --revision { $revision }; give one of them
hub-name-id = { $name } is no name of the Hub, such as google-bert/bert-base-uncased
hub-name-revision = { $revision } is no revision: the name of a branch or tag, or a commit's hash

# What a download waits for, behind how far it is.
hub-asking = asking { $endpoint }
hub-asking-for-file = asking for { $file }
hub-waiting-for-another = waiting for another download of it
hub-trying-again = no answer, trying again
hub-complete = complete

## What a model does not know of texts (src/labels/unknown.rs)

# $script is Unicode's name of it.
labels-script = { $script ->
    [Han] Chinese characters
    [Hiragana] Japanese characters
   *[other] { $script } letters
}
# $token is how the tokenizer spells an unknown token: [UNK].
labels-unknown-one = { $model } reads { $count } of { $tokens } tokens as { $token }
labels-unknown-some = { $model } reads { $count } of { $tokens } tokens as { $token }, in { $texts } of { $all } texts: { $worst }
labels-unknown-of = { $name } ({ $count } of { $tokens })
labels-unknown-share = { $count } of { $tokens } tokens ({ $percent } %)
# $first: names with commas between.
messages-and-more = { $first }, … and { $more } more
labels-and-more = { $first } and { $more } more
# $facts is one of the sentences above, $advice one of those below.
labels-unknown-advised = { $facts }; { $advice }
labels-unknown-instead = a model that reads { $script }: --model { $instead }
labels-unknown-script = choose a model that reads { $script } with --model
labels-unknown-vocabulary = choose a model that has these characters in its vocabulary with --model
# $groups such as "sentence 1 = sentence 2, sentence 4 = sentence 9".
labels-indistinct = { $count } texts differ but become the same tokens, so { $model } cannot tell them apart: { $groups }

# In a line of the explorer; $worst such as "3, 12 and 8 more".
labels-unknown-in-text = { $count } of { $tokens } tokens are unknown to the model
labels-unknown-in-one = { $count } of { $tokens } tokens of { $name } are unknown to the model
labels-unknown-in-both = unknown to the model: { $count_a } of { $tokens_a } tokens of A, { $count_b } of { $tokens_b } of B
labels-unknown-in-list = { $count } of { $all } sentences have unknown tokens: { $worst }
labels-same-tokens-pair = A and B become the same tokens
labels-same-tokens-list = { $count } become the same tokens: { $groups }

## NaN and infinity (src/labels/finite.rs)

# Where they arise first, behind "NaN or infinity arises".
labels-not-finite-embeddings = in the embeddings
labels-not-finite-layer = in layer { $layer }
labels-not-finite-pooler = in the pooler
labels-not-finite-tensor = { $name } ({ $count } of { $of } numbers)
# In a line of the explorer.
labels-not-finite-here = NaN or infinity arises { $place }: no number is shown that follows from it
labels-not-finite-in-weights = the weights have it in { $tensors }
labels-not-finite-one = { $model }: NaN or infinity arises { $place }, and what follows from there has no meaning
labels-not-finite-some = { $model }: NaN or infinity arises { $place } in { $count } of { $all } texts, whose vectors from there on are left out
# $facts is one of the two above, $tensors one or more tensors.
labels-not-finite-sound = { $facts }; the weights have none: try another backend with --backend
labels-not-finite-because = { $facts }; the weights have it in { $tensors }: use another checkpoint
labels-not-finite-weights = { $model }: the weights have NaN or infinity in { $tensors }: use another checkpoint

## Cosines among those of unrelated sentences (src/labels/background.rs)

# Why there is no percentile; behind a colon, or after "no percentile: ". $script, $a and $b such as "Chinese characters".
labels-background-english = English
labels-background-chinese = Chinese
labels-background-failed = not compared with unrelated sentences: { $reason }
labels-background-set = { $language }, { $sentences } sentences
labels-no-background-unknown = more than { $percent } % of the tokens of one of the sentences are unknown
labels-no-background-two-scripts = one sentence is in { $a }, the other in { $b }, and no background holds pairs of both
labels-no-background-script = there is no background in { $script }
labels-no-background-ablated = something is ablated, and the unrelated sentences are read without ablations

# The same in a few words, without "no percentile" before it.
labels-no-percentile-unknown = no percentile: more than { $percent } % unknown
labels-no-percentile-two-scripts = no percentile: { $a } and { $b }
labels-no-percentile-script = no percentile: no background in { $script }
labels-no-percentile-ablated = no percentile: something is ablated

## Similarities as a file (src/export/)

# $name is en, zh or a file.
export-background = { $name }, { $count } sentences
# $background is one or more of these.
export-less-close = Of 100 unrelated pairs ({ $background }), so many are less close:
export-less-close-each = Less close, of 100 unrelated pairs ({ $background }):
# The same of one pair: headings of columns, and what they mean.
export-pair-less-close = less close
export-pair-centred = centred
export-pair-whitened = whitened
export-pair-unknown = unknown: { $share } % of the tokens of one sentence
export-pair-background = Less close: so many of 100 unrelated pairs ({ $background }).
export-pair-centring = Centred: the mean of the unrelated sentences is subtracted.
# $directions a number, or one for each pooling: "declared 64, mean 133".
export-pair-whitening = Whitened: in as many directions of equal variance: { $directions }.
export-centred = After centring: cosine, and so many are less close:
export-whitened = After whitening in as many directions: cosine, and so many are less close:
export-no-whitening = No whitening: the background is too small, or all its vectors are alike.
export-less-close-title = How many unrelated pairs are less close, { $model }
export-centred-title = After centring, { $model }
export-whitened-title = After whitening in as many directions as are kept, { $model }

## Settings, keys and colours (src/config/). Most stand behind FILE:LINE: and, for an entry, its name.

config-unreadable = { $file }: cannot be read: { $reason }; `clscope config --print` prints one to start from
config-not-text = it is not UTF-8 text
config-too-large = { $file }: larger than 1 MiB; is this a configuration file?
config-duplicate-key = duplicate key { $key }
config-expected = must be { $expected }, not { $found }
config-expected-only = must be { $expected }
config-missing = { $name } is missing; write { $name } = ...
config-unknown-entry = unknown entry { $name }; one of: { $choices }
config-unknown-word = unknown word { $name }; one of: { $choices }
config-number-too-large = the number is too large
config-kind-text = a text in quotation marks, "..."
config-kind-boolean = true or false
config-kind-number = a number such as 0.5
config-kind-from-one = a whole number from 1
config-kind-from-zero = a whole number from 0
config-kind-two = a list of two, [..., ...]
config-kind-list = a list, [...]
config-kind-table = a table, {"{"} name = ... {"}"}
config-found-list = a list
config-found-table = a table
config-found-text = a text
config-syntax-deep = too many brackets in one another
config-syntax-brackets = a bracket or a comma is wrong here or before; a list is [1, 2], a table {"{"} name = 1, other = 2 {"}"}, a heading [name] or [[name]]
config-syntax-number = no number and no word that TOML knows; numbers are 3, 0.5 or 1e-3, and text stands in quotation marks, "..."
config-syntax-text = text stands in quotation marks in one line, "...", in several lines between three, and \ before a mark in it is written \\
config-syntax-entry = an entry is name = value, in a line of its own; text stands in quotation marks, "..."
config-no-table = { $name } must be a table
config-unknown-option = unknown option { $name }; one of: { $choices }
config-unknown-style = unknown style { $name }; one of: { $choices }
# $option is the name of an option with words to choose from: theme, color.
config-unknown-choice = unknown { $option } { $found }; one of: { $choices }
config-figure = must have a width from 20 to 2000 millimetres and a font_size from 4 to 72 points
config-debounce = must be a whole number of milliseconds from 0 to 2000
config-example = an example is "text" or {"{"} text = "...", pair = "...", question = "...", language = "en" {"}"}

config-context-no-table = [keymap.{ $context }] must be a table of command = ["key", ...]
config-unknown-context = unknown context { $name } in [keymap]; one of: { $choices }
config-unknown-action = unknown command { $name } in [keymap.{ $context }]; one of: { $choices }
config-no-list-of-keys = { $action } must be a list of keys such as ["q", "ctrl-c"], or []
config-unknown-key = unknown key { $key }; examples: q, ctrl-c, f1, shift-tab
config-keymap-header =
    # The keys, one table for each place: command = ["key", "another key"].
    # An entry replaces all keys of that command in that place; an empty list leaves it without one.
    # A key is a character ("q", "?", "G"), a name (left, right, up, down, home, end, pageup, pagedown, tab, enter,
    # esc, space, backspace, delete, insert, f1 to f24), or one of these after ctrl-, alt- or shift-.
    # No key may mean two things in one place. Where a place does not know a key, [keymap.global] is asked.
    # In a view with layers a digit goes to the layer of that number; two digits go to layer 10 and beyond.
config-keymap-text = Only these keys work there; all other keys are text.
config-key-twice = key { $key } means both { $action } and { $other } in [keymap.{ $context }]; give one of them other keys

config-unknown-colour = unknown colour { $colour }; write "#rrggbb", "default", "0" to "255", or a name such as "light-blue"
# These two stand behind "expected".
config-style = a style such as {"{"} fg = "#rrggbb", bold = true {"}"}
config-scale = a table {"{"} stops = [...], ladder = [...] {"}"}
config-scale-stops = stops must be colours such as "#3868a2": between others there is nothing
config-scale-one-stop = a scale needs two stops or more, or none for no colour

## Sessions as files (src/session/). Most stand behind FILE:LINE: and, for an entry, its name.

session-age-now = just now
session-age-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
session-age-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
session-age-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
session-none-kept = there is no last session: clscope keeps one each time it is left with a text
session-unreadable = { $file }: cannot be read: { $reason }; a session file is one that the explorer saves, or a line text = "..."
session-not-text = it is not UTF-8 text
session-too-large = { $file }: larger than 16 MiB; is this a session file?
session-unwritable = cannot write { $file }: { $reason }
session-version = version { $number } of the form of sessions; this clscope reads version { $known } only
session-only-lesson = a lesson without a session (text = "..." is missing); open it with clscope lesson { $file }
session-from-one = must be a whole number from 1
session-heads = must be heads' numbers from 1 to { $most }
session-head = must be a head's number from 1, "mean" or "max"
session-cut-head = write LAYER.HEAD such as "3.5", both from 1, not { $found }
session-blind-token = a blind token has either bytes = [start, end], where it stands in its sentence, or an id
session-cut-token = an ablated token has either bytes = [start, end], where it stands in its sentence, or an id

# The head of a saved file; each line is a comment of TOML.
session-header =
    # A session of clscope: what it was left with. To go on from there:
    #
    #     clscope open FILE
    #
    # Only the text is needed; whatever else is left out is as in a new explorer. A wrong word is answered with the
    # right ones. Layers and heads count from 1, as on screen; tokens from 0, which is [CLS], as on the command line.

## Probes as files (src/probe/)

probe-unreadable = cannot read the probe { $file }: { $reason }; write a file of clscope probe train, or feeling or topic
probe-too-large = { $file } is too large for a probe; write a file of clscope probe train
probe-not-text = it is not text
probe-invalid = { $file } is not a probe: { $reason }; train it again with clscope probe train
probe-version = { $file } is a probe of version { $number }, and this clscope reads version { $known }; update clscope, or train the probe again
probe-layer = { $pooling } is not a vector of such a layer; its model has { $layers } layers
probe-labels = it needs two labels or more, all different
probe-coefficients = its coefficients are not { $scores } finite rows for vectors of { $size } numbers
probe-sample = its sample holds a number that is not finite
probe-form = its JSON is not that of a probe at line { $line }, column { $column }
probe-accuracy = the numbers of its cross-validation are impossible

## What the explorer says of files and the clipboard (src/explorer.rs, src/explorer/)

explorer-copied = sent to the terminal's clipboard: { $text }
explorer-copied-of = sent to the terminal's clipboard: { $text }, { $of }
explorer-copied-lines = sent to the terminal's clipboard: { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
explorer-copy-too-long = { $bytes } bytes are more than a terminal's clipboard takes; export them to a file
explorer-nothing-to-save = there is nothing to save: no sentence is typed
explorer-saved = saved: clscope open { $file } goes on from here
explorer-restored = as clscope was left { $age }
explorer-restored-of = as clscope was left { $age }, session { $number } of { $all }; again: the one before
explorer-written = written: { $file }
explorer-not-written = no { $file } could be written: { $reason }; start clscope in a directory you may write to
explorer-names-taken = there are { $count } of that name already
explorer-no-table = there is no table behind this view yet

## The command line (src/cli/). Most stand behind "clscope:"; those that begin with cli-value stand behind the option and
## the value that was given.

cli-cannot-write = cannot write { $file }: { $reason }
cli-output-dash = results go to standard output where --output is left away; a file of this name is ./-
cli-output-is-input = { $file } is read by this command and would be lost; name another file with --output
cli-output-in-input = { $file } is a file of { $directory }, which is read, and would be lost; name another file with --output
cli-cannot-write-output = cannot write to standard output: { $reason }
terminal-too-large = the window has more cells than any window; make it smaller
cli-cannot-read-answer = cannot read standard input: { $reason }; answers are lines of UTF-8 text
cli-terminal-failed = the terminal failed: { $reason }
cli-file-empty = { $file } is empty, or a heading without rows; write a sentence a line
# A file with values with separators holds one table.
cli-tables-written = { $count } tables are written to { $files }
# $tables such as "1 (Similarities of MiniLM), 2 (After centring)".
cli-several-tables = { $format } on standard output holds one table, and there are { $count }: { $tables }; choose one with --table N, or write each to a file of its own with --output FILE
cli-several-tables-of = { $format } on standard output holds one table, and { $option } makes several; choose one with --table N, or write each to a file of its own with --output FILE
cli-no-table = there is no table { $table }; choose one of { $count }: { $tables }
cli-extension = { $file } ends in .{ $extension } and --format says { $format }; name another file, or leave --format away
cli-extension-unknown = { $file } ends in .{ $extension }, which this command does not write; take one of: { $formats }
cli-extension-foreign = { $file } ends in .{ $extension }, which names no format of this command; take one of { $formats }, or say which with --format
cli-no-figure = --figure-width and --font-size are for figures: take --format svg or pdf instead of { $format }
cli-binary-on-terminal = { $format } is binary; write it to a file or send it into a pipe

cli-restore-before-command = --restore opens the explorer and belongs to no command
cli-text-before-command = a text before a command belongs to no command; put it behind
cli-file-before-command = --file and its options before a command open the explorer; put them behind
cli-file-options-alone = options about columns and lines say how a file is read; name one with --file
cli-pair-alone = --pair needs a first sentence: clscope TEXT --pair TEXT
cli-no-config-file = there is no home directory, so no configuration file; name one with --config
cli-no-terminal = the explorer needs a terminal; in a pipe use clscope trace, attention, similarity, evaluate or screenshot
cli-sessions = The sessions that are kept
cli-sessions-open = to open it: clscope open { $file }
cli-sessions-list = { $count } sentences: { $first }
cli-man-unknown = there is no command { $name }; name one of { $choices }
cli-version =
    { $version }
    backends: { $backends }
    features: { $features }
cli-version-none = none
cli-session-not-kept = the session is not kept: { $reason }
cli-keys = --keys: { $reason }

cli-value-number = write a number from 1
cli-value-layer = write a number from 1, or all
cli-value-head = write a number from 1, mean or max
cli-value-heads = write a number from 1, mean, max, or all
cli-value-vector-layer = write a number from 0, the embeddings, to the last layer's, or all
cli-mixing-background = there is no background "{ $name }" to test claims on; write en, zh or a file with one sentence per line
cli-mixing-not-finite = { $count } of { $total } sentences have numbers that are NaN or infinite; they count in no mean
cli-mixing-token = there is no token { $token } to take apart; the input has 0 to { $last }
cli-mixing-no-pooler = this model has no pooler, so there is no pooled vector to take apart; choose cls or mean
cli-meter-mixing = mixing
cli-meter-mixing-means = mean vectors
cli-value-mixing-token = write a token, counted from 0, or cls, mean or pooled
cli-value-background = there is no such file, and the names are auto, en, zh, none and list
cli-value-blind = write a token, counted from 0, and if you like what it shall not see and the layers, counted from 1: 0, 0@6, 0@1-5 or 0:2,3@1-5
cli-value-ablated-head = write LAYER.HEAD such as 3.5, or LAYER, both from 1
cli-value-finite = a number such as 0.8, neither NaN nor infinite
cli-value-size = write it as 120x36, each from 1 to { $most }

cli-model-remark = { $model }: { $remark }

# $name such as "sentence 3" or the beginning of a text.
cli-truncated = { $name } is truncated: it has { $tokens } tokens, the model reads { $limit }
cli-truncated-many = { $count } texts are truncated to the { $limit } tokens that the model reads (the longest: { $name }, { $tokens } tokens)
cli-declared-truncated = declared reads { $limit } tokens, as the model was trained: { $count ->
    [one] one text is truncated there
   *[other] { $count } texts are truncated there
} (the longest: { $name }, { $tokens } tokens)
cli-beyond-declared = the model was trained for { $limit } tokens: { $count ->
    [one] one text has more, and is read beyond that
   *[other] { $count } texts have more, and are read beyond that
} (the longest: { $name }, { $tokens } tokens); --pooling declared truncates there

# What a model was trained to be read as. $steps such as "mean of tokens → normalised, first 256 tokens".
cli-no-declared = the model has no vector "declared": { $reason }; take mean or cls
cli-declared-missing = { $model } has no vector "declared": { $reason }
cli-declared-by-product = this model was trained to be read as declared ({ $steps }); { $poolings } { $count ->
    [one] is a by-product
   *[other] are by-products
}
cli-declared-pooling-alone = this model was trained to be read as declared ({ $steps }); { $pooling } is its pooling alone
cli-declared-metric = { $model } declares that its vectors are compared by { $declared }; what is shown is { $shown } (--metric { $declared } takes the declared one)
cli-declared-metric-only = { $model } declares that its vectors are compared by { $declared }; what is shown is { $shown }
cli-check-not-declared = none: { $reason }
cli-check-title = What the files of { $model } declare
cli-check-steps = { $steps }; vectors of { $dimension } numbers
cli-check-prompt = the prompt { $name } is { $text }; nothing puts it unless you ask for it
cli-check-default-prompt = the prompt { $name }, { $text }, stands before each text: readers that know nothing of prompts make other vectors
cli-check-similarity = its vectors are to be compared by { $similarity }
cli-check-cross-encoder = a CrossEncoder: it scores a pair ({ $activation } of the logit), which predict gives, and makes no vector of a sentence
cli-check-no-texts = { $file } holds no texts beside its vectors; name a file of them with --file, one per line in the same order
cli-check-lengths = there are { $texts } texts and { $vectors } vectors; give one text for each vector
cli-check-size = the vectors have more numbers than any that this model makes; they are of another model
cli-check-vectors-title = Which reading made the vectors ({ $texts } texts compared, the longest of { $longest } tokens)
cli-check-limit = truncated after { $limit } tokens
cli-check-no-limit = not truncated (no text has more than the { $most } tokens that the model reads)
cli-check-making = { $making }; { $limit }; no prompt
cli-check-making-prompt = { $making }; { $limit }; { $prompt } before each text
cli-check-none = no reading by this model makes these vectors; the nearest is { $nearest }, with a mean cosine of { $cosine }: they are of another model, another version of it, or other texts
cli-check-declared = made as the model was trained to be read: { $making }
cli-check-made = made by { $making }; that is not what the model declares
cli-check-declared-or = made as the model was trained to be read: { $making }; these texts do not tell it from { $others ->
    [one] one other reading
   *[other] { $others } other readings
}
cli-check-made-or = made by { $making }, which is not what the model declares; these texts do not tell it from { $others ->
    [one] one other reading
   *[other] { $others } other readings
}
cli-progress-check = { $done } of { $total } readings
cli-pooled-training = pooled: { $training }
cli-evaluate-normalized = to length 1, as the model's modules.json says
cli-prompt-alone = --prompt is put before texts for "declared" only; add --pooling declared, or leave --prompt away
cli-prompt-named = the model's prompt { $name } is put before each text for declared: { $text }
cli-prompt-empty = the model's prompt { $name } is empty: declared reads each text without a prompt
cli-prompt-default = declared puts the model's default prompt { $name } before each text: { $text } (--prompt "" leaves it away)
cli-prompt-text = { $text } is put before each text for declared
cli-prompt-text-of-names = { $text } is no prompt's name (the model has { $names }); it is itself put before each text for declared

cli-truncated-input = the input is truncated: it has { $tokens } tokens, the model reads { $limit }
cli-truncated-baseline = the baseline is truncated: it has { $tokens } tokens, the model reads { $limit }
cli-beyond-declared-input = the model was trained for { $limit } tokens, and the input has { $tokens }, prompt included: declared is truncated there, attention and hidden states are not
cli-beyond-declared-baseline = the model was trained for { $limit } tokens, and the baseline has { $tokens }, prompt included: declared is truncated there, attention and hidden states are not

# What a text is called where it is one of several.
cli-text-sentence = sentence { $sentence }
cli-text-of-model = { $model }, sentence { $sentence }
cli-text-query = the query
cli-text-a = the text
cli-text-b = the text of --pair

# Where there is no such layer, head or token.
cli-no-layer = there is no layer { $layer }; this input and model have 1 to { $last }
cli-no-head = there is no head { $head }; this input and model have 1 to { $last }
cli-no-token = there is no token { $token }; this input and model have 0 to { $last }
cli-no-vector-layer = there is no layer { $layer }; this model has 0, the embeddings, to { $last }
cli-baseline-no-layer = the baseline has no layer { $layer }; its model has layers 1 to { $last }: choose one of these with --against-layer
cli-baseline-no-head = the baseline has no head { $head }; its model has heads 1 to { $last }: choose one of these with { $option }
cli-predict-no-head = this model has no output head; name a probe with --probe (feeling or topic for the embedded model), or open a model that has one, for example --model nlptown/bert-base-multilingual-uncased-sentiment
cli-predict-other-heads = the { $head } is used; the model also has { $others } ({ $option })
cli-predict-no-such-head = this model has no head { $name }; it has { $heads }
cli-predict-no-mask = the masked-language head says what stands for { $mask }, and the text has none; write { $mask } in it
cli-predict-no-mask-rows = { $count ->
    [one] one text has no { $mask } and gets no words
   *[other] { $count } texts have no { $mask } and get no words
}
cli-predict-no-pair = the question-answering head finds the answer to a question in a second text; give it with --pair, or in a file with a second --text-column
cli-predict-no-pair-rows = { $count ->
    [one] one question has no second text and gets no answer
   *[other] { $count } questions have no second text and get no answer
}
cli-predict-one-pair = only a multiple-choice head reads several --pair; give one
cli-predict-resume-format = --resume goes on with jsonl alone, a line for each text; write to a file that ends in .jsonl
cli-predict-resume-no-file = { $file } is not a file, so no earlier run left anything in it; name a file with --output
cli-predict-resume-file = --resume goes on in a file of texts; name it with --file
cli-predict-resume-other = line { $line } of { $file } is of another text; write to another file, or leave out --resume to begin anew
cli-predict-resume-model = line { $line } of { $file } is not of this model, head and probe; write to another file, or leave out --resume to begin anew
cli-predict-resume-more = { $file } has more lines than there are texts; write to another file, or leave out --resume to begin anew
cli-predict-resume-unreadable = cannot read what an earlier run left in { $file }: { $reason }; write to another file, or leave out --resume to begin anew
cli-predict-resumed = { $count ->
    [one] { $count } text is there already
   *[other] { $count } texts are there already
}
cli-probe-before-command = --probe stands behind clscope alone, or behind predict or screenshot: clscope predict --probe FILE
cli-probe-no-layer = { $pooling } exists for the last layer only; leave out --layer { $layer }
cli-probe-one-label = { $file } has one label; a probe tells two or more apart
cli-predict-done = { $done } texts
cli-no-masked-language = this model has no masked-language head; open one that has, such as google-bert/bert-base-uncased
cli-no-pooler = this checkpoint has no pooler, so "pooled" does not exist; take cls or mean
cli-explain-two = --explain compares two sentences; give two
cli-explain-alone = --explain does not go with { $option }; leave one of them away
cli-explain-pooling = { $pooling } is no sum over tokens; --explain takes --pooling { $poolings }
cli-explain-cosines = The cosine of A and B, and the sum of the terms that it is made of
cli-explain-scores = Late interaction: sum and mean over the tokens of the text of the cosine to the nearest
cli-top-alone = --top goes with --query or --explain; give one of them
cli-value-token = write the number of a token, or a word of the text
cli-word-ambiguous = “{ $word }” stands there more than once: write one of the numbers { $tokens }
cli-word-in-pieces = “{ $word }” is read in pieces: write one of the numbers { $tokens }, or count in words with --units words
cli-no-word = no token is written “{ $word }”; clscope trace lists the tokens
cli-heads-no-target = --view heads with --from needs the token that it looks at; give --to or --mark
cli-view-one-direction = --view layers shows one token: leave --from or --to away, or take --view heads for the heads that link the two
cli-sweep-no-cell = --order cell needs --to, the token that is looked at
cli-sweep-no-token = --order token needs --from with another token than [CLS]
cli-sweep-nothing-left = { $count ->
    [one] one word has no numbers: without it a token has nothing left to attend to
   *[other] { $count } words have no numbers: without one of them a token has nothing left to attend to
}
cli-pooling-last-layer = { $pooling } is of the last layer only; leave --layer away

# clscope attention. $options are one or more of the command's options, with commas between.
cli-view-layers-unused = --view layers shows one token's attention; leave { $options } away
cli-view-heads-unused = --view heads measures each head, of all tokens and in pieces; leave { $options } away
cli-view-matrix-unused = --view matrix shows all tokens; leave { $options } away
cli-view-compare-unused = --view compare holds two readings against each other; leave { $options } away
cli-view-sweep-unused = --view sweep switches heads or words off, each by itself; leave { $options } away
cli-page-on-terminal = --view all is a page of several megabytes; write it to a file: --output page.html
cli-view-all-unused = --view all is a page in which everything is chosen; leave { $options } away
cli-view-all-layer = --view all has every layer and begins with one; write --layer with a number
cli-view-all-head = --view all begins with one choice of heads; write --head with a number, mean or max
cli-view-all-format = --view all is a page: leave --format away, or write --format html
cli-view-output-unused = --view output explains one logit; leave { $options } away
cli-logit = { $label } ({ $head })
cli-logit-at = { $label } at token { $token } ({ $head })
cli-logit-word = the vocabulary spells { $word } as { $spelt }
cli-logit-chosen = the logit is that of { $name }; --label takes another
cli-output-no-vector = the probe { $probe } reads the vector { $vector }, which is read apart from this pass, with a prompt and a limit of its own; take a probe on another vector
cli-output-whole-text = { $name } is read off the whole text; leave --from away
cli-output-no-token = the head { $head } reads every token; say with --from which one is meant
cli-output-no-label = there is no label { $label }; write one of: { $labels }
cli-output-no-word = the vocabulary has no word { $word }; clscope trace shows how it spells words
cli-output-no-number = the head { $head } gives numbers here that are not finite, or none
cli-view-heads-head = --view heads measures each head; write --head with a number, or all
cli-view-compare-head = --view compare shows one choice of heads; write --head with a number, mean or max
cli-view-compare-layer = --view compare shows one layer; write --layer with a number
cli-nothing-to-compare = the baseline is what is shown, so there is nothing to compare: name another baseline with --against-text, --against-pair, --against-model, --against-layer or --against-head, or ablate something with --cut, --hide-token or --mask-token
cli-among-alone = --among says which heads mean and max are taken over, and neither is shown; write --head mean or --head max, or leave --among away
cli-among-most = only the first { $most } heads of a layer can be singled out; leave head { $head } out of --among
cli-mark-hidden = token { $token } is hidden with the specials, so it cannot be marked; leave it out of --mark, or write --specials show
cli-measure-no-heads = { $measure } has no heads: the layer is shown, and --head changes nothing
cli-measure-rollout = in rollout half of each token stays where it is in every layer, whatever the model does: its numbers say little about contributions (see docs/measures.md)
cli-ablation-of-all = a sentence read alone has every token hidden, so what the ablations change is left out
cli-sweep-no-pooler = this checkpoint has no pooler, so nothing can be ordered by "pooled"; take cls, mean or standing

# Titles of tables. $title is one of these or such as "[CLS] looks at …", $heads such as "head 5" or "mean of heads".
cli-title-of-layer-and-heads = { $title }, layer { $layer }, { $heads }
cli-title-of-layer = { $title }, layer { $layer }
cli-title-of-heads = { $title }, { $heads }

# clscope similarity, embed and models
cli-similarity-of-one = similarity needs two sentences: clscope similarity TEXT TEXT, or --file with two lines
cli-similarity-too-many = { $file } has more than { $most } lines, which make { $pairs } pairs, the most that are compared with each other; take --query, or fewer lines
cli-similarity-matrix = { $count } texts make { $pairs } pairs; --format { $format } holds them all at once, of at most { $most } texts; take --format tsv or json, --closest, --query, or fewer texts
cli-similarity-background = { $count } texts make { $pairs } pairs; --background ranks them all at once, of at most { $most } texts; leave --background away, or take --closest, --query, or fewer texts
cli-similarity-clusters = { $count } texts make { $pairs } pairs; --clusters compares them all at once, of at most { $most } texts; take a sample of the texts, or --closest, which takes longer lists
cli-threshold-cosine = a cosine lies between -1 and 1; write --threshold within that, or another --metric
cli-embed-npz-too-many = { $file } has more than { $most } lines, the most that an archive holds; take --format jsonl or parquet, which are written as they come
cli-closest-clusters = --clusters lists sentences, --closest and --threshold list pairs; leave one away
cli-closest-alone = --closest, --threshold and --clusters compare the sentences of a list with one model; leave --query and --against-model away
cli-clusters-metric = --clusters groups by the cosine; leave --metric away
cli-clusters-background = --clusters makes no percentiles; leave --background away
cli-clusters-count = average linkage of 1 − cosine, cut into { $count }
cli-clusters-cosine = average linkage of 1 − cosine, joined while the mean cosine is above { $cosine }
cli-value-clusters = a number of clusters from 2 on, or a cosine below 1, such as 0.8
# $vectors are poolings, $background such as "en".
cli-list-beyond = under { $vectors } all { $pairs } pairs lie beyond 95 % of the unrelated pairs of the background { $background }: the list is about one thing; to compare its pairs with each other, take --background list
cli-file-too-many = { $file } has more than { $most } lines, the most that are held at once; take a sample of them
cli-query-too-many = { $file } has more than { $most } lines, the most that --query looks in; take fewer lines
cli-threshold-distance = distances are told as negative numbers, 0 the closest; write --threshold 0 or less
cli-query-empty = --query has no text; write what is looked for
cli-query-alone = --query needs sentences to look in: texts, or --file with a line each
cli-background-query = --background compares pairs; leave it or --query away
cli-background-metric = --background says how unusual a cosine is; leave it or --metric away
cli-background-few = the { $sentences } sentences of { $name } make { $pairs } pairs: too few to tell one of 100; take 15 sentences or more
cli-background-truncated = { $count ->
    [one] { $count } sentence of the background is truncated to the tokens that the model reads
   *[other] { $count } sentences of the background are truncated to the tokens that the model reads
}
# $pairs such as "1–2, 1–3 and 7 more".
cli-no-percentile = { $count ->
    [one] One pair has no percentile
   *[other] { $count } pairs have no percentile
} ({ $pairs }): { $reason }
cli-no-percentile-choose = { $count ->
    [one] One pair has no percentile
   *[other] { $count } pairs have no percentile
} ({ $pairs }): { $reason }; --background FILE compares all with sentences of your own
cli-embed-blank = { $count } of { $rows } rows are without text; their vectors are empty
cli-embed-nothing = embed needs a sentence: clscope embed TEXT, or --file with a line
cli-embed-npz-ids = npz holds numbers alone; for --id-column take --format jsonl or parquet
cli-vectors-not-kept = vectors are not kept for the next time: { $reason }; --no-cache does without
cli-models-not-cached = { $model } is not in the cache; clscope models fetch { $model } downloads it
cli-models-no-fetch = { $name } is here already; only models of the Hub can be fetched
cli-models-cached = { $model } is in the cache
cli-models-cached-offline = { $model } is in the cache; offline, so nothing newer was looked for

# clscope evaluate
cli-folds-task = --folds belongs to --task classify
cli-bootstrap-task = --bootstrap belongs to --task similarity; leave it away
cli-dataset-skipped = { $place } of { $file } is skipped: { $reason }
cli-dataset-skipped-more = { $count ->
    [one] … and { $count } more line is skipped
   *[other] … and { $count } more lines are skipped
}
cli-dataset-no-vector = { $place } of { $file } has no vector: { $reason }
cli-dataset-no-vector-more = { $count ->
    [one] … and { $count } more line has no vector
   *[other] … and { $count } more lines have no vector
}
cli-dataset-blank = { $file }: { $lines } { $count ->
    [one] is left out
   *[other] are left out
}
cli-evaluate-one-pair = { $file } has only one pair; a correlation needs two or more
cli-evaluate-few-pairs = { $count } pairs are too few to rely on the correlations; give { $enough } or more
cli-evaluate-rare-label = { $file } has { $count } of the label { $label }, fewer than the { $folds } folds; add more, or take --folds { $count }
cli-evaluate-single-label = { $file } has { $count } of the label { $label }, fewer than the { $folds } folds; add more
cli-metric-task = --metric and --positive-from are for the similarity of pairs; leave them or --task classify away
cli-against-task = --against-model compares the similarity of pairs; leave it or --task classify away
cli-rows-shard = --shard divides rows among machines, and what is printed here is about all rows together; add --rows, which writes the numbers of each row
cli-rows-file = --rows writes the numbers of each row of a file; name one with --file
cli-rows-format = { $format } is for the numbers of each row; add --rows, or take another format
cli-rows-task = --rows and --shard are for pairs: a classifier learns from all sentences together; write their vectors in parts with clscope embed --shard, and leave --rows and --shard away here
cli-evaluate-row = { $pooling }, layer { $layer }, { $metric }
cli-evaluate-row-of-model = { $model }, { $pooling }, layer { $layer }, { $metric }
cli-evaluate-best = { $name }
cli-evaluate-best-beyond = { $name }; every other row is lower beyond chance
# $count is the number of other rows.
cli-evaluate-best-chance = { $name }; { $count ->
    [one] { $count } other row shows no difference beyond chance
   *[other] { $count } other rows show no difference beyond chance
}
cli-evaluate-verdict-best = best
cli-evaluate-verdict-chance = no difference beyond chance
cli-evaluate-verdict-lower = lower
cli-evaluate-thresholds-title = Thresholds: with the greatest F1, and at 95 % precision with its recall
cli-evaluate-no-threshold = none; the scores have { $count } values: take --positive-from with the least score of pairs that belong together
cli-evaluate-positive = { $count } of { $all } pairs belong together, from the score { $score } on
cli-evaluate-pairs-title = How closeness follows the scores of { $pairs } pairs
cli-evaluate-pairs-title-resampled = How closeness follows the scores of { $pairs } pairs, with 95 % intervals of { $resamples ->
    [one] { $resamples } resample
   *[other] { $resamples } resamples
}
cli-evaluate-labels-title = Accuracy of a logistic regression on { $count } sentences with { $labels ->
    [one] { $labels } label
   *[other] { $labels } labels
}, { $folds } folds, with 95 % intervals

# What something long works at, before a colon, and how far it is, behind it.
cli-meter-sweep = sweep
cli-meter-regression = logistic regression
cli-meter-pairs = closest pairs
cli-meter-background = { $model }, background
cli-progress-sentences = { $done } of { $total ->
    [one] { $total } sentence
   *[other] { $total } sentences
}
cli-progress-sentences-pace = { $done } of { $total ->
    [one] { $total } sentence
   *[other] { $total } sentences
} · { $percent }% · { $rate }/s · { $left }
cli-progress-pairs = { $vector }, { $percent }% of { $total } pairs
cli-progress-steps = { $done } of { $total ->
    [one] { $total } step
   *[other] { $total } steps
}
progress-heads = { $done } of { $total ->
    [one] { $total } head
   *[other] { $total } heads
}
progress-words = { $done } of { $total ->
    [one] { $total } word
   *[other] { $total } words
}
cli-progress-regression = { $vector }, { $done } of { $total }

## Labels of attention, heads, poolings and comparisons (src/labels/)

labels-heads-mean = mean of heads
labels-heads-max = max of heads
labels-head = head { $head }
labels-heads-together = all heads together
labels-heads-together-of =
    { $count ->
        [one] head { $heads }
       *[other] heads { $heads } together
    }
labels-heads-together-count =
    { $count ->
        [one] { $count } head
       *[other] { $count } heads together
    }
labels-heads-mean-of =
    { $count ->
        [one] mean of head { $heads }
       *[other] mean of heads { $heads }
    }
labels-heads-max-of =
    { $count ->
        [one] max of head { $heads }
       *[other] max of heads { $heads }
    }
labels-head-of = head { $head } of { $count }
labels-heads-mean-count =
    { $count ->
        [one] mean of { $count } head
       *[other] mean of { $count } heads
    }
labels-heads-max-count =
    { $count ->
        [one] max of { $count } head
       *[other] max of { $count } heads
    }
labels-looks-at = { $token } looks at …
labels-looked-at = … looks at { $token }
# On screen, where the line above says which measure it is.
labels-takes-from-in-short = { $token } takes from …
labels-taken-from-in-short = … takes from { $token }
labels-takes-from = { $token } takes from … ({ $measure })
labels-taken-from = … takes from { $token } ({ $measure })
labels-matrix-looks-at = Who looks at whom, layer { $layer }, { $heads }
labels-matrix-takes-from = Who takes from whom ({ $measure }), layer { $layer }, { $heads }
labels-in-words = words
labels-no-specials = no specials
labels-no-specials-rest = no specials, scaled to 100 %
labels-place = layer { $layer }, { $heads }
labels-side = { $model }, { $place }: { $text }
labels-side-uncut = { $model }, { $place }, without ablations: { $text }
labels-comparison-row = { $who }: the baseline, what is shown, and their difference
labels-looks-at-baseline = Who looks at whom, baseline
labels-looks-at-shown = Who looks at whom, shown
labels-looks-at-difference = Who looks at whom, difference
labels-takes-from-baseline = Who takes from whom ({ $measure }), baseline
labels-takes-from-shown = Who takes from whom ({ $measure }), shown
labels-takes-from-difference = Who takes from whom ({ $measure }), difference
labels-terms-words = What each word of A adds with each word of B to their cosine, { $pooling }
labels-terms-pieces = What each token of A adds with each token of B to their cosine, { $pooling }
labels-terms-input-words = What each input word of A adds with each of B to their cosine, { $pooling }
labels-terms-input-pieces = What each input token of A adds with each of B to their cosine, { $pooling }
labels-pairs = The pairs that add most to the cosine, or take most from it, { $pooling }
labels-input-pairs = The input pairs that add most to the cosine, or take most from it, { $pooling }
labels-affected-token = token
labels-affected-cell = cell
labels-affected-output = logit
labels-logit-at = { $name } at token { $position }
labels-logit-probe = { $name } ({ $probe }, { $pooling })
labels-sweep-heads = With one head ablated: the cosine of each vector to what it was, other columns as they are then
labels-sweep-words = With one word hidden: the cosine of each vector to what it was, other columns as they are then
labels-ablation-pair = What the ablations change, A and B each read alone: cosine of A to A without ablations, and of A with B before and after
labels-ablation = What the ablations change: cosine of each vector to the same vector without ablations
labels-links = From “{ $from }” to “{ $to }” in each head, the strongest first
labels-statistic-effective-tokens = effective tokens
labels-statistic-to-separator = to [SEP]
labels-statistic-to-cls = to [CLS]
labels-statistic-to-itself = to itself
labels-statistic-to-previous = to previous
labels-statistic-to-next = to next
labels-statistic-to-other = to other sentence
labels-statistic-a-to-a = A→A
labels-statistic-a-to-b = A→B
labels-statistic-a-to-specials = A→specials
labels-statistic-b-to-a = B→A
labels-statistic-b-to-b = B→B
labels-statistic-b-to-specials = B→specials
labels-statistic-cls-to-a = [CLS]→A
labels-statistic-cls-to-b = [CLS]→B
labels-statistic-cls-to-specials = [CLS]→specials
labels-statistic-to-marked = to the marked
labels-statistic-short-to-separator = [SEP]
labels-statistic-short-to-cls = [CLS]
labels-statistic-short-to-itself = itself
labels-statistic-short-to-previous = previous
labels-statistic-short-to-next = next
labels-statistic-short-to-other = other sentence
labels-statistic-over-all = { $unit }, mean over all tokens that look
labels-statistic-over-both = { $unit }, mean over the tokens of both
labels-statistic-over-a = { $unit }, mean over the tokens of A
labels-statistic-over-b = { $unit }, mean over the tokens of B
labels-statistic-of-cls = { $unit }, of its own attention
labels-statistic-of-source = { $unit }, of the source's own row
labels-statistic-mean = mean { $unit }
labels-statistic-share = share { $name } in %
labels-pattern-previous = previous
labels-pattern-next = next
labels-pattern-itself = itself
labels-pattern-separator = [SEP]
labels-pattern-cls = [CLS]
labels-pattern-broad = broad
labels-pooling-declared = what the model was trained to be read as
labels-pooling-pooled = [CLS] through BERT's pooler: tanh(W·h + b)
labels-pooling-cls = [CLS], the token before the sentence, alone
labels-pooling-mean = average of all tokens, [CLS] and [SEP] too
labels-pooling-mean-words = average of all tokens but [CLS] and [SEP]
labels-pooling-max = largest value of each dimension in any token
labels-pooling-first-last = average of embeddings and last layer
labels-pooling-layer1-last = average of layer 1 and last layer
labels-pooling-short-declared = as it was trained
labels-pooling-short-pooled = [CLS] after the pooler
labels-pooling-short-cls = the token [CLS] alone
labels-pooling-short-mean = average of all tokens
labels-pooling-short-mean-words = average of the words
labels-pooling-short-max = largest of all tokens
labels-pooling-short-first-last = embeddings, last layer
labels-pooling-short-layer1-last = layer 1, last layer

# What a model was trained to be read as. $steps are some of these with arrows between, $pooling one or more with + between.
labels-declared-steps = { $steps }, first { $limit } tokens
labels-declared-steps-prompt = { $steps }, first { $limit } tokens, { $prompt } before each text
labels-declared-compared = { $steps }; compared by { $metric }
labels-declared-cls = first token
labels-declared-max = maximum of tokens
labels-declared-mean = mean of tokens
labels-declared-mean-sqrt = sum of tokens / √length
labels-declared-weighted-mean = mean of tokens, later ones weigh more
labels-declared-last = last token
labels-declared-without-prompt = { $pooling } (prompt left out)
labels-declared-dense = dense layer to { $to } numbers ({ $activation })
labels-declared-dense-tokens = each token through a dense layer to { $to } numbers ({ $activation })
labels-declared-normalized = normalised
labels-declared-normalized-tokens = each token normalised
labels-declared-layer-norm = layer norm
labels-declared-first-numbers = first { $count } numbers

# What is known of how the pooler was trained; after "pooled: ".
labels-making-declared = all modules of the model
labels-making-normalized = { $making }, normalised
labels-making-direction = { $making }, of another length
labels-pooler-next-sentence = its weights were trained to tell whether one sentence follows another (the checkpoint has that head)
labels-pooler-classifier = its weights were trained with the classifier of this checkpoint
labels-pooler-not-declared = the model was trained without it, so its weights are older or random
labels-pooler-unknown = the checkpoint does not tell how its weights were trained

## What analysis, study and jobs say (src/analysis/, src/study/, src/jobs/)

write-one-of = write one of: { $choices }
# Columns of tables.
analysis-effective-tokens = effective tokens
analysis-hidden = hidden
analysis-marked = marked
analysis-share-of-cosine = of the cosine
analysis-token = token
analysis-nearest = nearest
analysis-nearest-of-b = Each token of A with its nearest of B
analysis-nearest-of-a = Each token of B with its nearest of A
analysis-vector-layer = write a layer from 0, the embeddings, as in mean@3
analysis-vector-last-layer = { $pooling } exists for the last layer only; write it without @{ $layer }
analysis-background-too-small = a calibration needs 2 background sentences or more, { $sentences } can be used; give more with --background
analysis-not-finite = the vectors hold a number that is not finite
analysis-column-layer = layer
analysis-column-head = head
analysis-column-from = from
analysis-column-token = token
analysis-column-word = word
analysis-column-pooling = pooling
analysis-column-dimension = dimension
analysis-column-side = side
analysis-column-itself = itself
analysis-column-words = words
analysis-column-signs = signs
analysis-column-specials = specials
analysis-column-biases = biases
analysis-column-evenness = evenness
analysis-column-others-evenness = others_evenness
analysis-column-weight = weight
analysis-column-taken = taken
analysis-column-cancelling = cancelling
analysis-column-strongest = strongest
analysis-column-claim = claim
analysis-column-verdict = verdict
analysis-column-under = under
analysis-column-says = says
analysis-column-name = name
analysis-column-score = score
analysis-column-before = before
analysis-column-change = change
analysis-column-cosine = cosine
analysis-column-sum = sum
analysis-column-direction = direction
analysis-column-pattern = pattern
analysis-column-part = part
analysis-column-loss = loss
analysis-column-vector = vector
analysis-column-measure = measure
analysis-column-share = share
analysis-column-number = number
analysis-column-rows-apart = rows apart
analysis-column-a-to-b-before = A~B before
analysis-column-a-to-b-after = A~B after
analysis-column-to-mean = to_mean
analysis-column-to-input = to_input
analysis-column-to-unrelated-cls = to_unrelated_cls
analysis-column-to-unrelated-mean = to_unrelated_mean
analysis-column-others-gini = others_gini
analysis-column-gini = gini
analysis-column-by = by
analysis-column-explained = explained
analysis-column-centred = centred
analysis-column-own = own
analysis-column-largest = largest
analysis-column-same = same
analysis-column-blind = blind
analysis-column-needs = needs
analysis-explained-by-inputs = inputs
analysis-explained-by-before-last = before-last
analysis-explained-by-outputs = outputs
analysis-column-here = here
analysis-column-here-centred = here_centred
analysis-column-up-to = up_to
analysis-column-up-to-centred = up_to_centred
analysis-column-from-centred = from_centred
analysis-unsettled = the logistic regression does not converge: { $reason }
analysis-overflow = its numbers overflow
analysis-probe-other-sizes = the probe { $probe } was trained on { $model }, which has { $layers } layers and vectors of { $size } numbers; open that model, or train a probe on this one with clscope probe train
analysis-probe-other-weights = the probe { $probe } was trained on { $model }, whose weights are others; open that model, or train a probe on this one with clscope probe train
analysis-probe-no-vector = the probe { $probe } reads the vector { $vector }, which this model does not have; train a probe on another vector with clscope probe train --pooling
jobs-mistake = clscope made a mistake ({ $reason }); please report it
study-hidden = hidden { $tokens }
study-replaced = [MASK] for { $tokens }
study-blind = { $count ->
    [one] blind “{ $token }” in layer { $layers }
   *[other] blind “{ $token }” in layers { $layers }
}
study-blind-at = { $count ->
    [one] “{ $token }” not at “{ $at }” in layer { $layers }
   *[other] “{ $token }” not at “{ $at }” in layers { $layers }
}
study-layer = layer { $layer }
study-logit-words = the logit of { $name } by words
study-logit-embeddings = embeddings
study-logit-heads = the logit of { $name } by layers and heads
study-logit-layers = scores of { $name } and of the labels beside it by layer, raw
study-logit-ranks = { $name } by layer, raw
study-logit-likeliest = the likeliest words in the place of { $name } by layer, raw
study-logit-lens = every token by layer, raw: the likeliest word, and the word that stands there

## Quantities that lessons measure (src/study/quantity.rs)

quantity-share = share of attention, or of what is taken
quantity-own-share = mean share of a word in its own vector
quantity-words-largest = words that are the largest part of their own vector
quantity-cls-own-share = share of [CLS] in its own vector
quantity-words-more-even = words that mix the words more evenly than [CLS]
quantity-words-more-even-apart = the same, their own share set aside
quantity-average-of-inputs = part of [CLS] that the best average of the input vectors explains
quantity-average-of-outputs = part of [CLS] that the best average of the last vectors explains
quantity-mixing-ratio = mixing ratio of the attention block
quantity-head-largest = largest among all heads
quantity-cosine = cosine
quantity-pair-cosine = cosine of the two sentences
quantity-percentile = closer than so many unrelated pairs
quantity-unrelated-cosine = typical cosine of unrelated sentences
quantity-unrelated-cosine-gap = typical cosine of unrelated sentences, the first less the second
quantity-difference = difference of two vectors, 0 where they are the same
quantity-size-in-tokens = size, in vectors of one token
quantity-largest-value = largest number of the vector, without sign
quantity-ablated-cosine = cosine with and without the ablated heads
quantity-sweep-largest = greatest loss, 1 − cosine, that ablating one head makes
quantity-accuracy = accuracy of a classifier
quantity-accuracy-gap = accuracy of a classifier, the first vector less the second
quantity-probability = probability of the label
quantity-probability-without = probability of the label while no token attends to the word
quantity-next-sentence = probability that B follows A
quantity-unknown-share = unknown tokens
quantity-tokens = tokens
# Why one is not measured, behind a colon.
quantity-no-head = this model has { $layers } layers of { $heads } heads only
quantity-no-token = the text has no { $token }
quantity-no-vector = this model makes no vector { $vector }
quantity-no-ablated-vector = for { $vector } this model reads the text behind a prompt, or only its beginning, so that no word of it can be hidden there; choose another vector
quantity-no-label = no label { $label }; write one of: { $labels }
quantity-lacks = { $quantity } lacks { $name }; it takes: { $takes }
quantity-no-next-sentence = this model has no head for next sentence prediction; google-bert/bert-base-uncased has one
quantity-too-little = the text has too few words, or no second sentence
quantity-unknown = more than { $percent } % of the tokens are unknown to this model
quantity-unwanted = something else was asked for meanwhile
quantity-no-background = there are no unrelated sentences in the language of the text that this model can read

## Lessons (src/lesson/, src/cli/lesson.rs)

lesson-unknown = no lesson { $name }, and no such file; one of: { $choices }
lesson-too-large = it is larger than 1 MiB
lesson-unreadable = { $file }: cannot be read: { $reason }; name a lesson, or a file as docs/lessons.md describes it
lesson-only-session = { $file }: a session without a lesson (title and [[steps]] are missing); open it with clscope open { $file }
# These stand behind FILE:LINE:.
lesson-no-tests = a claim needs tests: tests = [{"{"} quantity = "...", at_least = 0.5 {"}"}]
lesson-no-claim = tests, answers and what a verdict means need a claim: claim = "..."
lesson-answers = a claim has 2 to 4 answers, not { $count }; without answers they are the verdicts there can be
lesson-word = { $key } is { $found }; { $reason }
lesson-not-taken = { $quantity } takes no { $name }; it takes: { $takes }
lesson-lacks = { $quantity } lacks { $name } ({ $reason }); it takes: { $takes }
lesson-takes-nothing = nothing
lesson-no-bound = a test needs at_least or at_most, a number
lesson-bounds = at_least is greater than at_most; no number is both
lesson-layer = layer is a number from 1, or "last"
lesson-answer = an answer has either verdict = "holds", "fails" or "depends", or from and below, numbers, the first the smaller
lesson-no-sentence = step { $step } has no sentence, nor has any before it; write sentence = "..." in the first step
lesson-no-steps = it has no steps; write [[steps]] with text and sentence
lesson-layer-number = layer { $layer }
lesson-layer-last = last layer
lesson-quantity-of = { $quantity } ({ $of })
lesson-at-least = { $what }: { $number } (claim: ≥ { $bound })
lesson-at-most = { $what }: { $number } (claim: ≤ { $bound })
lesson-exactly = { $what }: { $number } (claim: { $bound })
lesson-between = { $what }: { $number } (claim: { $least } to { $most })
lesson-points = { $points } points
lesson-not-measured = { $what }: not measured here: { $reason }
# The lesson as lines.
lesson-list = Lessons; begin one with clscope lesson NAME
lesson-title = { $title } · { $model }
lesson-step = Step { $step } of { $count }
lesson-sentence = Sentence: { $text }
lesson-pair = A: { $text } · B: { $pair }
lesson-claim = Claim: { $claim }
lesson-predict = What do you predict? Type a number and Enter; Enter alone skips it.
lesson-no-such-answer = type a number from 1 to { $count }
lesson-verdict = Verdict on this model: { $verdict }.
lesson-no-verdict = No verdict: nothing could be measured with this model.
lesson-depends-vector = depends on the vector
lesson-depends-task = depends on the task
lesson-holds-in-part = holds in part
lesson-right = Your prediction “{ $answer }” is right.
lesson-wrong = You predicted “{ $answer }”.
lesson-elsewhere = On other models: { $text }
lesson-next = Try: { $text }
# $view is a view by its id.
lesson-explorer = See it: clscope { $text }, view { $view }
lesson-explorer-pair = See it: clscope { $text } --pair { $pair }, view { $view }
lesson-end = What came out
lesson-end-line = { $verdict }: { $claim }
lesson-score = { $right } of { $all } predictions right
lesson-go-on = Enter goes on.
lesson-off = { $found } is no head; write layer and head from 1: off = ["6.12"]
# The lesson in the explorer (src/app/lesson/).
lesson-context = Lessons
lesson-context-about = In the list of lessons, and in a lesson before the keys of the view
lesson-heading = { $title } · step { $step } of { $count }
lesson-heading-end = { $title } · the end
lesson-option = { $number }) { $answer }
lesson-ask = What do you predict?
lesson-measuring = measuring…
lesson-list-heading = Lessons
lesson-list-chosen = chosen: { $title }
lesson-list-step = at step { $step } of { $count }
lesson-list-done = done, { $right } of { $all } predictions right
lesson-command-answer = Predict this answer; what is measured follows
lesson-command-answer-bar = predict
lesson-command-next = Begin the chosen lesson; in a lesson measure without a prediction, or go to the next step
lesson-command-begin-bar = begin
lesson-command-skip-bar = measure
lesson-command-next-bar = next
lesson-command-back = Go back one step
lesson-command-back-bar = back
lesson-command-up = The lesson above
lesson-command-down = The lesson below
lesson-command-page-up = Scroll the lesson up
lesson-command-page-down = Scroll the lesson down
lesson-command-fold = Hide the lesson to see the view, or show it again
lesson-command-fold-bar = hide
lesson-command-unfold-bar = show the lesson
lesson-command-keep = Write the lesson, your predictions and what was measured to a page (html)
lesson-command-keep-bar = write a page
lesson-command-leave = Leave the lesson; the screen is as it was before it
lesson-command-leave-bar = leave
lesson-note = { $claim } Predicted: { $predicted }. Measured on { $model }: { $verdict }.
lesson-page-predicted = You predicted
lesson-page-measured = Measured
lesson-page-model = Model: { $model }
lesson-page-nothing = nothing

## What is written into files (src/export/)

export-table = text
export-table-about = As text for a terminal
export-html = page
export-html-about = As a page with picture and numbers, for a browser without network
export-svg = figure
export-svg-about = As a figure for a paper or a slide (SVG)
export-pdf = PDF figure
export-pdf-about = As a figure for a paper (PDF, Latin letters only)
export-picture = screen
export-picture-about = As a picture of the screen (SVG)
export-csv = csv
export-csv-about = As a table for spreadsheets (CSV)
export-tsv = tsv
export-tsv-about = As a table with tabs (TSV)
export-json = json
export-json-about = As JSON
export-jsonl = jsonl
export-jsonl-about = As a line of JSON for each sentence
export-npz = npz
export-npz-about = As arrays for numpy (npz)
export-parquet = parquet
export-parquet-about = As columns for data frames (Parquet)
export-no-form = { $holds } cannot be written as { $format }; use { $formats }
export-separated-failed = cannot write the values: { $reason }
export-json-failed = cannot write the JSON: { $reason }
export-npz-failed = cannot write the npz archive: { $reason }
export-shapes = some arrays have unexpected sizes ({ $reason }); please report it
export-nothing-to-draw = there are no numbers to draw; write a table (csv) or a page (html)
export-figure-too-large = a figure of { $rows } rows and { $columns } columns would be too large or too fine to read; choose another width or font size, or write a page (html)
export-not-in-pdf = PDF's own fonts have no { $character }, only Latin letters; write the figure as svg, or have its captions in English (Z, --lang en)
export-parquet-failed = cannot write the Parquet file: { $reason }
export-holds-tables = tables
export-holds-picture = a picture
export-holds-trace = a trace
export-holds-page = a page to explore
export-holds-figure = a figure
export-holds-records = records
export-holds-vectors = vectors
export-some-tokens = { $some } of { $all } tokens
export-less-close-column = { $vector }, less close
export-tensors = Tensors of { $model }
export-pooler = pooler
export-no-pooler = no: there is no "pooled"
export-output-head = output head
export-masked-language = masked-language head
export-no-masked-language = no: no words are predicted for [MASK]
export-yes = yes
export-tensors-summary = { $count } tensors, { $size }: { $used } used, { $unused } unused ({ $unused_size }), { $missing } missing
export-tensor-missing = missing  { $name }  { $shape }
export-tensor-misshapen = wrong shape  { $name }  config.json requires { $shape }
export-used = used
export-unused = unused
export-models = Models to choose from
export-name = name
export-family = family
export-place = place
export-size = size
export-languages = languages
# $vector is a pooling, $metric its closeness; $pairs of $all pairs are listed.
export-closest = { $vector }, { $metric }: the { $pairs } closest of { $all } pairs
export-closest-reached = { $vector }, { $metric }: { $reached } of { $all } pairs reach the threshold; the { $pairs } closest of them
export-closest-title = The closest pairs, { $model }
export-closest-background = Behind each closeness, of 100 unrelated pairs ({ $background }), how many are less close.
export-less-close-label = less close
export-cluster-of = cluster, { $vector }
export-clusters-title = The cluster of each sentence, { $model }
export-clusters-found = { $vector }: { $count ->
    [one] { $count } cluster
   *[other] { $count } clusters
}
export-nearest = Sentences nearest to { $query }
export-nearest-unknown = ({ $percent } % unknown)
export-first-id = first id
export-second-id = second id
export-first-sentence = first sentence
export-second-sentence = second sentence
export-similarities = Similarity of each sentence to each, { $metric }, { $model }
export-declared = declared, as trained: { $steps }
export-unknown = unknown
export-in-percent = { $title }, in percent
export-page-footer = Written by clscope. Point at a number for all its digits; the page's source ends with them as JSON.
export-page-legend = %; · is less than 0.05 %
export-explore-title = Attention: { $text }
export-explore-heading = Attention in every layer and head
export-fact-model = model
export-fact-origin = from
export-fact-view = view
export-fact-text = text
export-fact-pair = second sentence
export-fact-unknown = unknown
export-fact-truncated = truncated
export-fact-off = ablated
export-fact-reading = reading
export-fact-source = source
export-fact-direction = direction
export-fact-measure = measure
export-fact-among = heads
export-fact-units = units
export-fact-specials = special tokens
export-fact-marked = marked
export-fact-parts = parts
export-fact-token = token
export-fact-vector = vector
export-fact-background = unrelated sentences
export-fact-sentences = sentences
export-fact-poolings = poolings
export-fact-order = order
export-fact-sweep = switched off one at a time
export-fact-held = baseline
export-fact-shown = shown
export-fact-metric = metric
export-fact-query = query
export-fact-pairs = pairs
export-fact-labels = labels
export-fact-folds = folds
export-fact-file = file
export-fact-probe = probe
export-fact-compared-with = compared with
export-fact-logit-of = logit of
export-fact-cell-before = weight of the cell before
export-fact-a-alone = A alone
export-fact-b-alone = B alone
export-fact-joined = A and B joined
export-explore-no-script = This page needs JavaScript. Without it, write clscope attention with --view layers, heads or matrix and --format html.
export-explore-view = View
export-explore-measure = Measure
export-explore-layer = Layer
export-explore-head = Head
export-explore-source = Source
export-explore-cursor = Token under the cursor
export-explore-direction = Direction
export-explore-from = what the source looks at
export-explore-to = who looks at the source
export-explore-units = Units
export-explore-pieces = subwords
export-explore-words = words
export-explore-specials = Special tokens
export-explore-specials-show = show
export-explore-specials-hide = hide
export-explore-specials-renormalize = hide, scale the rest to 100 %
export-explore-keys = Keys
export-explore-map = Heat map. The keys listed below move the cursor; the line above says what is under it.
export-explore-heads = { $from } → { $to }, each head of each layer
export-explore-cell = { $from } → { $to }: { $share } %, layer { $layer }, { $heads }
export-explore-hidden = special tokens hidden: { $share } % of this row
export-explore-caption = { $who }, { $heads }, % in each layer
export-explore-precision = Written by clscope. The page stores each share in 16 bits, exact to { $error } percentage points.
export-off-heads = heads { $heads }
export-off-hidden = hidden tokens { $tokens }
export-off-masked = masked tokens { $tokens }
export-off-edges = cut edges { $edges }

## Tables of examples and lists of texts (src/dataset/)

dataset-unpack = it cannot be unpacked: { $reason }; fetch the file again, or test it with gzip -t
dataset-container = this is { $what }, which is not read; { $remedy }
dataset-not-utf16 = is not UTF-16: no character at offset { $offset }; the file is damaged or truncated, save it as UTF-8
dataset-long-line = is longer than { $most } MiB, so this is not a text of lines; is it the right file?
dataset-too-large = it has more than { $most } MiB of text, the most that a table may have; split it, or take a sample of its lines
dataset-too-many-rows = it has more than { $most } lines, the most that are read here; take a sample of them
dataset-parquet = it cannot be read as Parquet: { $reason }; write it again, or export it as CSV
dataset-text-after-quote = text follows a closing quote; double the quotes inside a value, or use --quotes no
dataset-delimiter-doubt = the delimiter is ambiguous: { $first } or { $second }; name it with --delimiter
dataset-json = it is not a JSON object ({ $reason })
dataset-json-form = this JSON holds no records; write one object per line, or an array of objects
dataset-json-splits = this JSON holds several lists ({ $names }); write one of them to a file of its own: jq -c '.{ $first }[]'
dataset-is-above-heading = it stands above the heading
dataset-token-lines = this is CoNLL, a token and its tags per line, which is not read; write one per line: label, sentence, with a tab between
dataset-svmlight = these are features for SVMlight, numbers without texts; write one per line: label, sentence, with a tab between
dataset-spaced-labels = each line seems to be a label and a text with a space between, which is not read; put a tab there: sed 's/ /\t/'
dataset-heading-doubt = it may be a heading or data ({ $reason }); write --heading yes or --heading no
dataset-extra-columns = it has { $found } columns, not { $expected }; quote a text that contains the delimiter
dataset-missing = it has no { $column }
dataset-nested = { $column } holds a list or an object, not one value
dataset-empty-text = a sentence is empty
dataset-empty-label = it has no label
dataset-several-labels = it has { $count } labels; leave one
dataset-score = the score { $value } is not a number
dataset-decimal-comma = the score { $value } has a decimal comma; write a point, or use --decimal-comma
dataset-decimal-commas = the scores in { $column } have decimal commas ({ $example }); write points, or use --decimal-comma
dataset-two-roles = { $column } is named for two roles; name another column for one of them
dataset-no-such-split = no record has { $asked } in { $column }; it has { $found }
dataset-no-pairs = it has no pairs; write one per line: score, sentence, sentence, with tabs or commas between, or as JSON
dataset-labelled-only = it has no scored pairs, but labels and sentences; for these use --task classify
dataset-no-examples = it has no examples; write one per line: label, sentence, with a tab or comma between, or as JSON
dataset-no-texts = it is empty; write one sentence per line
dataset-strict = { $fault }; correct it, or omit --strict to skip such lines
dataset-no-such-column = there is no column { $asked } for { $option }; the columns are { $columns }
dataset-doubt = it is ambiguous which column is { $role }: { $candidates }; write { $option }
dataset-not-utf8 = is not UTF-8: byte { $byte } at offset { $offset }; convert it with iconv -f ENCODING -t UTF-8
dataset-not-utf8-but = is not UTF-8: byte { $byte } at offset { $offset }; it looks like { $encoding }: iconv -f { $encoding } -t UTF-8
dataset-damaged-utf8 = is not UTF-8: byte { $byte } at offset { $offset }; the rest is UTF-8, so this place is damaged: iconv -c -f UTF-8 -t UTF-8 leaves it out
dataset-nul = is not a text: it has a NUL at offset { $offset }; is it the right file?
dataset-nul-but = is not a text: it has a NUL at offset { $offset }; it looks like { $encoding } without a byte order mark: iconv -f { $encoding } -t UTF-8
dataset-compression = this Parquet file is compressed with { $codec }, which is not read; write it with snappy, gzip or none (pandas: df.to_parquet(FILE, compression="snappy"))
dataset-unclosed-quote = a quote that opens here is not closed; close it, double a quote that is part of the text, or use --quotes no
dataset-unclosed-quote-next = a quote that opens here is not closed (the next quote, in line { $line }, does not end a value); close it, double a quote that is part of the text, or use --quotes no
dataset-word-scores = the scores in { $column } are words ({ $words }); a score is a number: write one for each word, or name another column with --score-column
dataset-number-scores = the scores in { $column } are not plain numbers ({ $words }); write each as a number, such as 4.5, or name another column with --score-column
dataset-constant-score = it gives all pairs the same score ({ $value } in { $column }), which nothing can follow; give scores that differ, or name another column with --score-column
dataset-constant-label = it has one label only, { $value } in { $column }; there is nothing to tell apart; name another column with --label-column
dataset-count =
    { $role ->
        [score] the whole numbers in { $column } all differ ({ $samples }), like line numbers or ids, so they are not scores; name another column with { $option }, or this one if it is right
       *[label] the whole numbers in { $column } all differ ({ $samples }), like line numbers or ids, so they are not labels; name another column with { $option }, or this one if it is right
    }
dataset-no-column = no column is { $role }; write { $option }
dataset-no-column-of = no column is { $role } (the columns are { $columns }); write { $option }
dataset-two-text-columns =
    { $given ->
        [one] --text-column is needed twice, not { $given } time
       *[other] --text-column is needed twice, not { $given } times
    }
dataset-one-text-column =
    { $given ->
        [one] --text-column is needed once, not { $given } time
       *[other] --text-column is needed once, not { $given } times
    }
dataset-standard-input = standard input
dataset-unreadable = cannot read { $file } as text: { $fault }
dataset-unreadable-at = cannot read { $file } as text: { $place } { $fault }
dataset-fault-at = { $place } of { $file }: { $fault }
dataset-fault = { $file }: { $fault }
dataset-line = line { $number }
dataset-lines = lines { $first } to { $last }
dataset-row = row { $number }
dataset-rows = rows { $first } to { $last }
dataset-column = column { $number }
dataset-empty-column = { $column } (empty)
dataset-nested-column = { $column } (lists or objects)
dataset-split-of = { $value } of { $column }
dataset-is-utf32le = text in UTF-32LE
dataset-is-utf32be = text in UTF-32BE
dataset-from-utf32 = convert it with iconv -f UTF-32 -t UTF-8
dataset-the-split = the split
dataset-form-names = the form names the columns
dataset-why-as-asked = as asked
dataset-why-names = well-known names
dataset-why-positions = the columns' numbers
dataset-why-word-over-numbers = a word over numbers
dataset-why-number = a number over numbers
dataset-why-words-over-sentences = words over sentences
dataset-why-like-the-rest = like the lines below
dataset-first-is-heading = line { $line } is read as a heading ({ $why }): { $values }
dataset-first-is-data = line { $line } is read as data ({ $why }): { $values }
dataset-json-value = it is a single value
dataset-json-no-object = it is not an object
dataset-json-no-end = the array has no end, so the file is truncated
dataset-json-behind = text follows the array
dataset-json-comma = a comma is missing between two elements
dataset-json-nan = a value is expected; NaN is not one, write null
dataset-no-shard = a shard is I/N with I from 1 to N, such as 2/5
dataset-no-delimiter = write tab, comma, semicolon, pipe, or up to 8 characters without quotes and line ends
dataset-tabs = tabs
dataset-commas = commas
dataset-semicolons = semicolons
dataset-pipes = pipes
dataset-control = control characters (0x01)
dataset-all-splits = all values of { $column } are read together ({ $splits }); --split takes one
dataset-same-labels = { $used } and { $other } label alike; { $used } is used
dataset-may-be-heading = line 1 is read as a text ({ $text }); if it is a heading, use --heading yes
dataset-may-be-columns = every line has { $delimiter } in it and is read whole; if these are columns, use --text-column
dataset-doubtful-first = { $reading }; --heading { $answer } reads it the other way
dataset-above-heading = what stands above the heading is not read: { $place }
dataset-blank-lines =
    { $count ->
        [one] { $count } blank line ({ $lines })
       *[other] { $count } blank lines ({ $lines })
    }
dataset-blank-lines-more =
    { $count ->
        [one] { $count } blank line ({ $lines } …)
       *[other] { $count } blank lines ({ $lines } …)
    }
dataset-the-score = the score
dataset-the-label = the label
dataset-the-text = the text
dataset-a-sentence = a sentence of the pair
dataset-directory = it is a directory; name a file in it
dataset-ends = it ends in the middle
dataset-unpack-it = unpack it first, or pack it with gzip
dataset-export-it = export it as CSV, JSON lines or Parquet
dataset-is-zip = a zip archive or an Excel workbook
dataset-is-unpack-or-save = unpack it, or save the page as CSV (UTF-8)
dataset-is-empty-zip = an empty zip archive
dataset-is-name-it = name the file itself
dataset-is-xls = an old Excel workbook (xls)
dataset-is-save-as-csv = save the page as CSV (UTF-8)
dataset-is-zstd = packed with zstd
dataset-is-xz = packed with xz
dataset-is-lz4 = packed with lz4
dataset-is-7z = a 7z archive
dataset-is-rar = a rar archive
dataset-is-feather = an Arrow (feather) file
dataset-is-arrow = an Arrow stream
dataset-is-avro = an Avro file
dataset-is-hdf5 = an HDF5 file
dataset-is-sqlite = an SQLite database
dataset-is-numpy = a numpy array
dataset-is-pdf = a PDF
dataset-is-save-text = save its text as a file with one sentence per line
dataset-is-git-lfs = a git-lfs pointer, not the file itself
dataset-is-git-lfs-pull = fetch the file with git lfs pull
dataset-is-gb18030 = text in GB18030
dataset-is-from-gb18030 = convert it with iconv -f GB18030 -t UTF-8
dataset-is-bzip2 = packed with bzip2
dataset-is-orc = an ORC file
dataset-is-pickle = a Python pickle
dataset-is-write-with-pandas = write it with pandas: df.to_csv(FILE, index=False)
dataset-is-tar = a tar archive
dataset-is-unpack-and-name = unpack it and name the file in it
dataset-is-web-page = a web page
dataset-is-fetch-itself = fetch the file itself (on the Hub: resolve instead of blob in the address)
dataset-layout-lines = one text per line
dataset-layout-delimited = values separated by { $delimiter }
dataset-layout-quotes-left = values separated by { $delimiter }, quotes are part of the text
dataset-layout-quotes-undone = values separated by { $delimiter }, quotes around values removed
dataset-layout-backslash = values separated by { $delimiter }, quotes escaped with backslashes
dataset-layout-json-lines = JSON lines
# Vectors made elsewhere. $reason is one of those below.
dataset-vectors-failed = { $file }: { $reason }
dataset-vectors-promise = an array promises more numbers than the file has; write it again
dataset-vectors-ending = vectors are read from .npz, .npy, .jsonl and .parquet; write them as one of these
dataset-vectors-none = it holds no vectors; write them as an array [text, dimension], or as a list of numbers in each row
dataset-vectors-sizes = its vectors have from { $least } to { $most } numbers; take vectors of one model
dataset-vectors-json = line { $line } is no JSON; write an object with a text and a list of numbers in each line
dataset-vectors-no-column = it has no column { $name } of that kind
dataset-vectors-several = several columns hold vectors; choose one with --vector-column: { $names }
dataset-vectors-texts = several columns hold texts; choose one with --text-column: { $names }

## What several views say (src/widgets/, src/state/copied.rs)

# Facts that stand beside each other, with " · " between them.
widgets-joined = A and B joined
widgets-a-alone = A alone
widgets-b-alone = B alone
widgets-place = layer { $layer }, { $heads }
widgets-layers-in-view = layers { $first }–{ $last } of { $count }
widgets-heads-in-view = heads { $first }–{ $last } of { $count }
widgets-tokens-in-view = tokens { $first }–{ $last } of { $count }
widgets-rows-in-view = rows { $first }–{ $last } of { $count }

# What is said of the number under the cursor.
widgets-marked = { $count } marked { $percent } %
widgets-hidden = hidden { $percent } %
widgets-hidden-rest-scaled = hidden { $percent } %, the rest scaled to 100 %
widgets-rank = rank { $rank } of { $count }
widgets-effective-tokens = { $tokens } effective tokens

# The columns right of a heat map, of at most 9, 7, 7 and 7 cells.
widgets-effective-tokens-column = eff. tok.
widgets-hidden-column = hidden
widgets-marked-column = •marked
widgets-others-column = others
widgets-biases-column = biases

# The unit of the colour scale: up to the largest weight on screen, to that of each row, to 100 %.
widgets-scale-view = %
widgets-scale-row = % of row's top
widgets-scale-fixed = % fixed

# The line above the views of attention, of at most 78 cells where it is about weight. $measure and $shown are ids such as value-norm,
# $says is what the numbers of one say.
widgets-measure = { $measure }: { $says }
widgets-measure-contributions = { $key }: contributions
widgets-measure-next = { $key }: { $measure }
widgets-measure-no-heads = it has no heads: the layer is shown
widgets-measure-work = { $measure } is being worked out
widgets-measure-steps = { $measure } is being worked out, { $done } of { $of }
widgets-measure-meanwhile = these numbers are { $shown }
widgets-measure-cancel = { $key }: cancel
widgets-measure-unknown = { $measure } of the baseline is unknown, as another model read it; this is { $shown }

# What the numbers of each measure say, in at most 62 cells.
measure-weight = looks at, % of attention; not what a token takes
measure-value-norm = takes from in this layer, % of lengths, residual path left out
measure-block = takes from in this layer, % of lengths, residual path included
measure-alti = takes from the input tokens, % of the way to the vector
measure-decompx = takes from input tokens and biases, % of the lengths of parts
measure-dot = takes from input tokens and biases, signed % of the vector
measure-globenc = takes from the input tokens, %; for papers, incomplete: see ?
measure-rollout = takes from the input tokens, %; for papers, says little: see ?
measure-value-zeroing = takes from in this layer, % of the turn without the token

# The list of sentences.
widgets-sentences = { $count ->
    [one] { $count } sentence
   *[other] { $count } sentences
}
widgets-truncated-one = ⚠ sentence { $sentence } is too long and truncated
widgets-truncated-two = ⚠ sentences { $first } and { $second } are too long and truncated
widgets-truncated-more = ⚠ sentences { $first }, { $second } and { $more } more are too long and truncated
widgets-declared-truncated = ┃ declared truncates { $count }
widgets-list-running = { $read } of { $all } read
widgets-list-due = { $read } of { $all } read …
widgets-list-cancelled = cancelled at { $read } of { $all }
widgets-list-failed = stopped at { $read } of { $all }: { $reason }
widgets-list-arranging = comparing …
widgets-list-empty = No sentences to compare yet.
widgets-list-type = { $key } types a sentence, Enter the next one
widgets-list-add = { $key } adds the sentences above
widgets-list-paste = pasted text adds a sentence for each line, and so does clscope --file FILE
# Behind a cosine; one of the next two stands behind it.
widgets-named = { $name }: { $value }
widgets-ranked = { $value }, { $place }
widgets-ranked-of = { $value }, { $place } { $of }
widgets-higher-than = higher than { $percent }
# $background is such as "English, 400 sentences".
widgets-unrelated = of unrelated pairs ({ $background })
widgets-of-list = of the pairs of this list
widgets-unrelated-short = ({ $language }, { $count })

list-order-given = as given
list-order-clustered = clustered under { $pooling }
list-no-pair = no cosine is under the cursor
list-number-of = cosine of sentences { $first } and { $second } under { $pooling }
list-column-line = line
list-column-sentence = sentence
list-column-unknown = unknown

# What is copied, and why nothing is.
state-no-number = no number is under the cursor
state-no-cursor = this view has no cursor: open its table to choose a number there
state-number-of = layer { $layer }, { $heads }: { $from } → { $to }
state-number-of-measure = { $measure }, layer { $layer }, { $heads }: { $from } → { $to }
state-work-failed = { $measure } cannot be worked out: { $reason }

# What the commands say they did.
state-no-marked-heads = no head is marked: mean and max are of all heads
state-marked-heads = marked heads: { $heads } · mean and max are of these, in every layer
# Two facts beside each other.
state-pinned = pinned as the baseline: { $what }
state-pinned-hint = Compare shows what differs from it
state-added = { $added ->
    [one] { $added } sentence
   *[other] { $added } sentences
} added · the list has { $all }
state-added-full = { $added ->
    [one] { $added } sentence
   *[other] { $added } sentences
} added, { $refused } left out · the list takes at most { $most }
state-list-full = the list takes at most { $most } sentences
# $field is A or B.
state-line-into = sentence { $line } is { $field } now
state-cancelled = { $name }: cancelled
state-cancelled-kept = { $name }: cancelled; { $bytes } are kept, and the next download continues from there

## The frame around every view (src/app/)

# The line of ablations; $ablations such as "3.5 3.6, layer 4, hidden “tired”", $cosines such as "cls 0.931 mean 0.987".
# A fact that warns.
app-caution = ⚠ { $fact }
app-way-script = { $key }: a model that reads { $script }
app-way-vocabulary = { $key }: a model that has these characters in its vocabulary
app-ablated = ablated: { $ablations }
app-list-unablated = the list is read without ablations; elsewhere ablated: { $ablations }
app-cosine-token = “{ $token }” { $cosine }
app-cell-unablated = “{ $from }” → “{ $to }”, layer { $layer }, { $heads }: { $before } % → { $after } %
app-output-unablated = logit of { $name }: { $before } → { $after }
app-cosine-unablated = cosine to unablated { $cosines }

# The status line: facts with " · " between them.
app-no-model = no model yet
app-shape = { $layers }×{ $heads } heads
app-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
app-milliseconds = { $time } ms
# ┃ is drawn in the text where it is truncated.
app-declared-truncated = ┃ declared reads { $limit } of { $tokens } tokens
app-truncated = ⚠ truncated: { $tokens } tokens, the model reads { $limit }
app-truncated-both = ⚠ truncated: { $tokens } tokens, the model reads { $limit }, declared { $declared }
app-reading = reading …
app-loading = loading { $name } …

# In place of a view.
app-other-model-failed = The other model could not be opened.
app-too-small = clscope needs { $width }×{ $height }, this is { $found_width }×{ $found_height }
app-too-small-short = needs { $width }×{ $height }
app-loading-model = Loading { $name } …
app-downloading-model = Downloading { $name }
app-type-already = You can type already.
app-no-model-opened = No model could be opened.
app-type-sentence = Type a sentence to see where [CLS] looks in it.
app-loads-example = { $key } loads an example.
app-other-language = { $key } 中文界面
app-opens-lessons = { $key } opens the lessons: predict, measure, judge.
app-restores-session = { $key } goes back to where you left clscope last time.
app-not-read = The sentence could not be read.
app-reading-sentence = Reading …

# The overlays.
app-export-view = Write the view { $view } to a file here
app-find = find
app-note = note
app-notes-kept = { $count ->
    [one] One line of notes; it goes with the session.
   *[other] { $count } lines of notes; they go with the session.
}
app-found = { $at } of { $count }
app-not-found = not found
app-more-below = more ↓
app-count-below = { $count } more ↓
app-type-a = type a sentence
app-type-b = a second sentence, to compare
app-model = Model
app-model-hint = type part of a name, a name on the Hub, or a directory
app-looking-for-models = Looking for models …
app-no-models = There is no model here; type a name.
# $note is a sentence on the model, or "hidden size 768".
app-model-family = { $family }: { $note }
app-model-pooled = { $family }, declares the pooling { $pooling }: { $note }
app-hidden-size = hidden size { $size }
app-typed-model = clscope opens the directory of this name, or else downloads the model of this name from the Hub.
app-as-typed = as typed:
app-table-position = table { $at } of { $count }
app-table-in-percent = { $title }, shares in percent
app-no-value = none

## What words and signs of the views mean, for the help (src/views/legend.rs). A name of at most 21 cells, and its meaning.

legend-attention = Reading the views of attention
legend-attention-cells = cells
legend-attention-cells-meaning = percent of a token's attention; · stands for less than half a percent
legend-attention-colour = colour
legend-attention-colour-meaning = by the square root of the percentage, up to the largest on the map; t changes the scale
legend-attention-effective-tokens = effective tokens
legend-attention-effective-tokens-meaning = how many tokens share the attention: exp of its entropy; 1 = one token takes all
legend-attention-heads = mean, max
legend-attention-heads-meaning = over all heads of a layer; max is scaled to a sum of 1 before its effective tokens are counted
legend-attention-words = words
legend-attention-words-meaning = in the sentence: the sum of their subwords, shaded up to the strongest word
legend-attention-hidden = hidden
legend-attention-hidden-meaning = the share of attention that goes to special tokens that are hidden (z)
legend-attention-rest = rest 100 %
legend-attention-rest-meaning = the tokens that are shown are scaled: each row sums to 100 % again
legend-attention-in-words = in words (w)
legend-attention-in-words-meaning = to a word: the sum over its subwords; from a word: their mean
legend-attention-direction = who looks (d)
legend-attention-direction-meaning = a column of the matrix: how much of its attention each token gives to the chosen one
legend-attention-head-number = heads: number
legend-attention-head-number-meaning = the mean over all tokens that look; to next and to previous: over tokens that have one
legend-attention-patterns = p n i S C b
legend-attention-patterns-meaning = half of a head's attention or more goes to the previous token, the next, itself, [SEP] or [CLS]; b: effective tokens are at least two thirds of all tokens
legend-attention-digits = digits
legend-attention-digits-meaning = go to that layer; type two digits for layer 10 and beyond, 6.12 for head 12 of layer 6
legend-attention-ablated = ablated: 3.5
legend-attention-ablated-meaning = head 5 of layer 3 is ablated: its output is zero; the cosines are to the same vectors without ablations
legend-attention-joined = joined
legend-attention-joined-meaning = A and B in one pass, [CLS] A [SEP] B [SEP]: each sentence attends to the other too

legend-measures = Measures: what fills the map (f)
measure-weight-meaning = how a head shares out its attention (Vaswani et al. 2017). A weight is not a contribution: the value that is taken may be short, and the residual path carries most of a vector past attention. 98 % to itself does not mean that a token is 98 % itself
measure-value-norm-meaning = length of the vectors that attention hands over, of a head or of all together, in one layer (Kobayashi et al. 2020). It does not tell how much of the token stays: the residual path is left out
measure-block-meaning = the same with the residual path and behind the layer norm: how much a layer's attention block takes from each token, and how much the token keeps (Kobayashi et al. 2021). It is of one layer; the feed-forward block is left out
measure-alti-meaning = how much nearer each input token brings one to the vector, from the input through all layers up to this one (Ferrando et al. 2022). The feed-forward block is left out
measure-decompx-meaning = length of what each input token has become in the vector, from the input through all layers up to this one, feed-forward included; the biases have a column of their own (Modarressi et al. 2023). Long parts that cancel count too
measure-dot-meaning = the same parts as signed shares of the vector: each row and its biases sum to 100 %, a share may be below 0. It holds attention fixed: what a token does by changing where others look is not seen
measure-globenc-meaning = block behind the second layer norm, multiplied over the layers (Modarressi et al. 2022); for comparison with papers. Warning: the feed-forward block and all biases are left out, so the parts do not add up to the vector
measure-rollout-meaning = weights multiplied over the layers, half of each token made to stay where it is in every layer (Abnar & Zuidema 2020); for comparison with papers. Warning: its own share is at least 0.5^layers whatever the model does, so it says little about contributions
measure-value-zeroing-meaning = how far a token's vector turns in one layer when the value of another is zero (Mohebbi et al. 2023). It is an intervention, not a part of the vector; attention stays as it was

legend-pooling = Reading the view Pooling
legend-pooling-pooling = pooling
legend-pooling-pooling-meaning = a way to make one vector for a sentence from the vectors of its tokens
legend-pooling-cosine = cosine
legend-pooling-cosine-meaning = the cosine of the angle between two vectors: 1 the same direction, 0 a right angle, -1 opposite
legend-pooling-alone = alone
legend-pooling-alone-meaning = each sentence is read in a pass of its own; these vectors are compared
legend-pooling-declared = declared
legend-pooling-declared-meaning = what the model was trained to be read as: sentence-transformers' modules, in their order
legend-pooling-pooled = pooled
legend-pooling-pooled-meaning = BERT's sentence output: the last [CLS] vector through the pooler, tanh(W·h + b)
legend-pooling-cls = cls
legend-pooling-cls-meaning = the last vector of the token [CLS], without the pooler
legend-pooling-mean = mean
legend-pooling-mean-meaning = average of the last vectors of all tokens, special tokens included; mean-words leaves these out
legend-pooling-max = max
legend-pooling-max-meaning = the largest value of each dimension over all tokens
legend-pooling-first-last = first-last
legend-pooling-first-last-meaning = average of two means: of the embeddings and of the last layer
legend-pooling-layer1-last = layer1-last
legend-pooling-layer1-last-meaning = average of two means: of layer 1 and of the last layer; papers call either of the two first-last
legend-pooling-typical = typical
legend-pooling-typical-meaning = the median cosine of unrelated sentences: what the model gives two that have nothing in common
legend-pooling-higher = higher than
legend-pooling-higher-meaning = how many of 100 pairs of unrelated sentences are less close; unusual: 95 or more, or 5 or fewer
legend-pooling-centred = centred
legend-pooling-centred-meaning = the cosine after the mean vector of unrelated sentences is subtracted
legend-pooling-whitened = whitened
legend-pooling-whitened-meaning = centred, and scaled so that sentences vary equally in all directions: none dominates
legend-pooling-rogue = rogue
legend-pooling-rogue-meaning = a dimension that makes up much of the cosine of unrelated sentences

legend-list = Reading the list and the map
legend-list-sentences = sentences
legend-list-sentences-meaning = colours from the least to the greatest cosine of two different sentences, for each matrix by itself
legend-list-disagree = disagree
legend-list-disagree-meaning = the pair whose rank among all pairs of the list differs most between the two poolings
legend-list-unknown = ? and !
legend-list-unknown-meaning = behind a sentence's number: it has tokens that the model does not know; NaN or infinity arises in it
legend-list-map = map
legend-list-map-meaning = the two directions in which the vectors vary most (PCA), and their share of the variance
legend-mixing = Reading what vectors are made of
legend-mixing-even-meaning = how evenly the words share the vector: entropy of their shares / log n, 1 where all have the same
legend-mixing-others-meaning = the same without the share of the token itself
legend-mixing-taken-meaning = how much of the token's vector this layer's attention block takes from other tokens; exact
legend-mixing-cancelling-meaning = the lengths of the parts added up, over the length of the vector: above 1, parts cancel each other
legend-mixing-strongest-meaning = the share of the strongest word, as a multiple of a fair part
legend-mixing-blind = blind
legend-mixing-blind-meaning = [CLS] looks at nothing but itself in some layers: the cosine of its last vector to the real one says what it read there
legend-mixing-centred-meaning = less the mean vector of unrelated sentences: without what is the same in every sentence
legend-mixing-verdict = depends
legend-mixing-verdict-meaning = a claim that holds under one measure and fails under another

## The view Layers (src/views/layers/)

# Names of rows, of at most 8 cells; the numbers come padded to two cells.
layers-row = layer { $layer }
layers-row-ablated = off { $layer }
layers-head = head { $head }
layers-head-marked = •head { $head }
layers-head-ablated = off { $head }
# Two heads share a line.
layers-two-heads = h { $first } { $second }
layers-last-head = h { $head }
layers-strongest-heads = the { $count } strongest of { $of }
layers-heads = layer { $layer }, head by head
# What the model predicts for the token under the cursor: a heading, then words.
layers-predicted = BERT predicts here:
layers-output-bar = what it says
layers-prediction = { $token } { $percent } %
layers-table = { $who }, { $heads }
layers-table-heads = { $who }, layer { $layer }, head by head

## The view Heads (src/views/heads/)

heads-sorted = largest first
heads-all = all heads
heads-scale-tokens = tokens
# Columns of at most 9 and 5 cells.
heads-rank-column = rank
heads-head-column = head
# Over the numbers of a layer, under a measure without heads: at most 4 cells.
heads-layer-column = all
heads-mean-column = mean
# Of an ablated head, in place of its number: at most 3 cells.
heads-ablated = off
heads-number = number: { $statistic }
heads-pattern = pattern { $pattern }
heads-strongest = strongest: { $heads }
heads-pattern-count = { $sign } { $pattern } { $count }
heads-choose = { $left } { $right } choose a head
heads-share = { $statistic } { $percent } %
heads-value = { $statistic } { $value }
heads-no-head = choose a head first: a number belongs to one head
heads-number-of = layer { $layer }, { $head }: { $statistic }
heads-table = What each head does
heads-table-rows = { $who }, every head

## The view Matrix (src/views/matrix/)

matrix-layer = layer { $layer }
matrix-ablated = ablated

## The view Compare (src/views/compare/)

# The three panels, of at most 11 cells.
compare-baseline = baseline
compare-shown = shown
compare-difference = difference
# Two lines, one below the other: what is said begins in the same column.
compare-of-baseline = baseline: { $what }
compare-of-shown = shown:    { $what }
compare-unablated = the same without ablations
compare-same = the same; { $head } head, { $layer } layer, { $sentence } sentence change it
compare-same-without-heads = the same; { $layer } layer, { $sentence } sentence change it
compare-points = { $points } points
compare-row-differs = the row differs by { $percent } %
compare-all-rows-differ = all rows by { $percent } %
compare-some-rows-differ = the { $rows } rows on both sides by { $percent } %
compare-legend-unit = points
compare-number-difference = shown minus baseline: { $from } → { $to }
compare-number-shown = shown: { $from } → { $to }
compare-number-baseline = baseline: { $from } → { $to }

## The view Sweep (src/views/sweep/)

sweep-one-head = one head ablated at a time
sweep-one-word = one word hidden at a time
# $ablations such as "3.5 3.6, layer 4, hidden “tired”".
sweep-on-top = besides { $ablations }
sweep-cosine = cosine of before and after
# How far it is. $parts is heads or words.
sweep-none-left = { $parts ->
    [words] all words are hidden
   *[heads] all heads are ablated
}
sweep-all = { $parts ->
    [words] { $count ->
        [one] { $count } word
       *[other] all { $count } words
    }
   *[heads] { $count ->
        [one] { $count } head
       *[other] all { $count } heads
    }
}
sweep-reading = reading …
sweep-ended = stopped at { $found } of { $all }
sweep-cancelled = cancelled at { $found } of { $all }
sweep-failed = failed at { $found } of { $all }
# The part under the cursor: $name such as "layer 3, head 5" or "“tired”", $cosines such as "cls 0.9312, mean 0.9871".
sweep-without = without { $name }: cosine { $cosines }
sweep-without-cell = without { $name }: { $cell }; cosine { $cosines }
sweep-part-ablated = { $name } is ablated in the whole sweep
sweep-part-last = { $name } stays: without it a token has nothing left to attend to
# What the bars and colours stand for, and which keys act.
sweep-bars = bars: 1 − cosine, full at { $most }
sweep-colours = colours: { $pooling }, up to { $most }
sweep-ablates = { $key } ablates it
sweep-restores = { $key } restores it
sweep-again = { $key } sweeps again
# Columns; -ablated of at most 3 cells.
sweep-head-column = head
sweep-position-column = at
sweep-word-column = word
sweep-ablated = off
sweep-head = layer { $layer } head { $head }
sweep-map-title = loss of { $pooling }: 1 − cosine
sweep-number-of-cell = weight of { $cell } without { $name }
sweep-cell = “{ $from }” → “{ $to }”, layer { $layer }, { $heads }
sweep-cell-change = { $cell }: { $before } % → { $after } %
sweep-output = logit of { $name }
sweep-output-change = { $output }: { $before } → { $after }
sweep-map-output = change of the { $output }
sweep-number-of-output = { $output } without { $name }
sweep-map-cell = change of { $cell }
sweep-number-of = cosine of { $pooling } before and after, without { $name }

## The view Pooling (src/views/pooling/)

pooling-add-pair = { $key } adds a second sentence to compare with
pooling-page-overview = overview
pooling-page-calibration = calibration
pooling-page-layers = layers
pooling-page-dimensions = dimensions
pooling-page-words = words
pooling-page-nearest = nearest
pooling-more-below = { $key } more below
pooling-more-above = { $key } more above

# What BERT gives for a sentence.
pooling-outputs = BERT gives two outputs for this sentence
pooling-outputs-a = BERT gives two outputs for A, read alone
pooling-outputs-b = BERT gives two outputs for B, read alone
# These three stand behind the name of a vector and its shape.
pooling-pooled-output = tanh(W·h + b), h the last [CLS] vector
pooling-no-pooler = none: this checkpoint has no pooler
pooling-sequence-output = the last vector of each token; the others pool these
# Below the outputs, with the name that stands in the first column.
pooling-no-declared = declared  none: { $reason }
pooling-declared-ablated = declared  none: tokens are ablated that it does not read
pooling-matrix = Cosine between the poolings
pooling-matrix-a = Cosine between A's poolings
pooling-matrix-b = Cosine between B's poolings
pooling-drift = Is [CLS] the mean? cosine(cls, mean) by layer
# The layer before the first, of at most 5 cells.
pooling-embeddings = embed
pooling-values = value of each dimension
pooling-values-binned = values, each cell the mean of { $count } dimensions
pooling-column-pooling = pooling
pooling-column-norm = norm

# The verdict: one or more of these, each a sentence. $poolings such as "cls, mean".
pooling-same-text = A and B are the same text.
pooling-same-tokens = To this model A and B are the same text: their tokens are the same.
pooling-closeness = How close are A and B, each read alone, among { $background }?
pooling-closeness-alone = How close are A and B, each read alone?
pooling-unrelated = { $count } unrelated { $language } sentences
pooling-unrelated-pairs = { $pairs } pairs of { $background }
pooling-calibration = The same cosines, calibrated by { $background }
pooling-calibration-alone = The same cosines, calibrated by unrelated sentences
pooling-no-background = No percentages and no verdict: { $reason }.
pooling-background-reading = reading { $background } to compare with: { $done } read
pooling-one-longer = { $name } is longer than any of the unrelated sentences: the percentages mean less.
pooling-both-longer = A and B are longer than any of the unrelated sentences: the percentages mean less.
pooling-one-shorter = { $name } is shorter than any of the unrelated sentences: the percentages mean less.
pooling-both-shorter = A and B are shorter than any of the unrelated sentences: the percentages mean less.
# $unrelated such as "79,800 pairs of 400 unrelated English sentences".
pooling-closeness-legend = typical: the median cosine of { $unrelated }; higher than, and the bar: how many of these pairs are less close.
pooling-closeness-caution = Close vectors do not mean the same meaning: a sentence and its negation are close. { $key }: calibrated cosines.
# $steps such as "mean of tokens → normalised, first 256 tokens".
pooling-declared-steps = declared: { $steps }.
pooling-centred = centred: less what all sentences have in common, the mean of the unrelated sentences' vectors.
pooling-whitened = whitened: also evens out the directions in which all sentences vary.
pooling-whitened-in = whitened: also evens out the directions in which all sentences vary, here { $directions } of them.
pooling-calibration-legend = higher: than so many of { $unrelated }, measured in the same way (whitened: of those that are held out of it); typical: their median.
# Headings of columns.
pooling-column-what = what it is
pooling-column-shape = shape
pooling-column-cosine = cosine
pooling-column-typical = typical
pooling-column-higher-than = higher than
pooling-column-higher = higher
pooling-as-it-is = as it is
pooling-background-comparing = comparing with unrelated sentences …
pooling-verdict-usual = Not unusually close by any pooling: none is closer than { $percent } % of unrelated pairs.
pooling-verdict-close = Unusually close by { $poolings }: closer than { $percent } % of unrelated pairs.
pooling-verdict-close-all = Unusually close by every pooling: closer than { $percent } % of unrelated pairs.
pooling-verdict-far = Unusually far apart by { $poolings }: further apart than { $percent } % of unrelated pairs.
pooling-verdict-far-all = Unusually far apart by every pooling: further apart than { $percent } % of unrelated pairs.
pooling-verdict-others = Not unusual by { $poolings }: many unrelated pairs are as close.
pooling-verdict-centred-none = After centring, not unusually close by any pooling.
pooling-verdict-centred-only = After centring, only close by { $poolings }.
pooling-verdict-centred-all = After centring, unusually close by every pooling.
pooling-verdict-centred-too = After centring, unusually close by { $poolings } too.
pooling-verdict-centred = After centring, unusually close by { $poolings }.
pooling-verdict-centred-far-none = After centring, not far apart by any pooling.
pooling-verdict-centred-not-far = After centring, not far apart by { $poolings }.

# The page of layers.
pooling-layers-pair = From layer to layer: the cosine of A and B under each pooling, and of cls and mean within each
pooling-layers = From layer to layer: the cosine of cls and mean
pooling-layers-note = declared and pooled have no curve: they exist only after the last layer; nor have first-last and layer1-last, which are made of two layers

# The page of dimensions. Columns of at most 9 cells.
pooling-dimensions = { $pooling }: the cosine of A and B, { $cosine }, is a sum over { $count } dimensions
pooling-dimension = dimension
pooling-dimensions-of-a = of A
pooling-dimensions-of-b = of B
pooling-dimensions-so-far = so far
pooling-dimensions-adds = adds
pooling-dimensions-none = the cosine is 0: no dimension has a share of it
pooling-dimensions-shares = the { $some } largest terms add up to { $some_percent } % of it, the { $more } largest to { $more_percent } %; half of it takes { $half }
pooling-no-rogue = no dimension dominates unrelated sentences (their mean cosine is { $cosine })
# $dimensions such as "127 (38 %), 4 (12 %)".
pooling-rogue = rogue: the mean cosine of unrelated sentences, { $cosine }, comes mostly from dimension { $dimensions }

# The page of words.
pooling-words = { $pooling }: cosine { $cosine }, a sum over pairs of words of A and B (last layer)
pooling-pieces = { $pooling }: cosine { $cosine }, a sum over pairs of tokens of A and B (last layer)
pooling-input-words = { $pooling }: cosine { $cosine }, a sum over pairs of input words and biases (DecompX)
pooling-input-pieces = { $pooling }: cosine { $cosine }, a sum over pairs of input tokens and biases (DecompX)
pooling-words-of-cls = { $pooling } reads the last layer's [CLS] only: { $key } carries it back to the input words
pooling-words-none = there is no such sum for these sentences
pooling-words-work = working out what becomes of each input token; { $key } cancels
pooling-words-steps = working out what becomes of each input token: { $done } of { $of }; { $key } cancels
pooling-words-cancelled = not worked out; { $key } shows the last layer
pooling-strongest = strongest pairs
pooling-words-unit = rows: A, columns: B; in hundredths of the cosine
pooling-sum = sum
pooling-share-of-cosine = { $percent } % of the cosine

# The page of nearest tokens.
pooling-nearest = Late interaction (ColBERT's MaxSim): each token of the text with the nearest of the other sentence, by their vectors in the last layer
pooling-nearest-caution = Models that are trained for it score texts so; of others it shows which tokens are alike. A score depends on the direction.
pooling-nearest-none = Late interaction needs a token of the text in both sentences.
pooling-nearest-sum = { $title }: sum { $sum }, mean { $mean }

# Its tables.
pooling-number-of = added to the cosine of { $pooling }: { $a } × { $b }
pooling-table-matrix = Cosine between the poolings of the sentence
pooling-table-drift = Cosine of cls and mean by layer, 0 being the embeddings
pooling-table-closeness = How close A and B are, each read alone
pooling-table-layers = Cosines by layer, 0 being the embeddings
pooling-table-dimensions = What each dimension adds to the cosine of A and B, { $pooling }
pooling-column-typical-unrelated = typical of unrelated
pooling-column-higher-unrelated = higher than unrelated
pooling-column-centred = centred
pooling-column-centred-higher = centred: higher than
pooling-column-whitened = whitened
pooling-column-whitened-higher = whitened: higher than
pooling-column-word-of-a = word of A
pooling-column-word-of-b = word of B
pooling-column-token-of-a = token of A
pooling-column-token-of-b = token of B

## The view Sentences (src/views/sentences/)

sentences-disagreement = disagreement: pair { $number } of { $pairs }
sentences-disagreement-of-worst = disagreement: pair { $number } of the worst { $count }, of { $pairs } pairs
# $left and $right such as "95.0 %".
sentences-disagreement-closer = closer than { $left } of all pairs under { $one }, than { $right } under { $two }
sentences-only-one = one sentence: add a second to compare it with
sentences-no-vector = { $pooling }: one of the two has no such vector
# $unrelated such as "of unrelated pairs (English, 400 sentences)".
sentences-beyond = Under { $poolings } all pairs of this list are closer than { $percent } % { $unrelated }; { $key } ranks them among themselves.
sentences-among-unrelated = of unrelated pairs ({ $background })
sentences-among-list = of the pairs of this list
sentences-closest = pair { $number } of { $pairs }, the closest under { $pooling } first
sentences-closest-of = pair { $number } of the closest { $count }, of { $pairs } pairs, under { $pooling }
sentences-same-tokens = they differ but become the same tokens
sentences-not-finite = { $pooling } –, for one has NaN or infinity in it
sentences-itself = { $line } with itself: { $value }
sentences-pair = { $first } ~ { $second }: { $value }
sentences-nearest = nearest to { $line } under { $pooling }
sentences-rows-in-view = rows { $rows } of { $count } sentences
sentences-closest-in-view = columns: the { $seen } closest to the line, of { $count } sentences
sentences-columns-in-view = columns { $columns } of { $count } sentences
sentences-part-in-view = rows { $rows }, columns { $columns } of { $count } sentences
sentences-table = Cosine of each sentence with each, { $pooling }
sentences-table-nearest = Cosine of each sentence with { $line } { $sentence }
sentences-table-disagreements = Pairs by how much the two poolings disagree on their place among all pairs
sentences-column-less-close = less close, { $pooling }
sentences-column-line-a = line a
sentences-column-sentence-a = sentence a
sentences-column-line-b = line b
sentences-column-sentence-b = sentence b

## The view Map (src/views/map/)

map-cluster-colours = colours by cluster under { $pooling }
map-cluster-letters = letters a to i by cluster under { $pooling }
map-near-colours = similar sentences have similar colours
map-near-letters = similar sentences have neighbouring letters
map-order-colours = colours: from the first of the list to the last
map-order-letters = letters a to i: from the first of the list to the last
map-nearest = nearest by cosine in all dimensions, of which the map shows two:
map-under = { $pooling }:
map-nearest-under = nearest under { $pooling }:
map-signs = PCA, one scale for both axes · 2 to 9, +: points in one place · underlined: the nearest
map-axes = → { $x }  ↑ { $y } of the variance
map-no-vectors = no sentence has a vector under { $pooling }
map-one-sentence = one sentence: one point
map-same-vectors = all have the same vector: one point
map-two-sentences = two sentences: they lie on a line
map-one-line = all lie on one line
map-missing-vectors = { $count } without a vector under { $pooling }
map-not-finite = { $count ->
    [one] { $count } sentence has NaN or infinity under { $pooling }
   *[other] { $count } sentences have NaN or infinity under { $pooling }
}
# $shares such as "cls 12.1 % and 8.0 %, mean 20.2 % and 9.1 %".
map-table = First two principal components, with their share of the variance: { $shares }
map-table-shares = { $pooling } { $x } % and { $y } %

## The explorer's commands. An id that ends in -bar is what the bottom bar says, in a word or two, in lower case; the
## others are what the help and the keymap file say: a line without a full stop.

# The view Compare (src/views/compare/)
compare-tab = Compare
compare-command-show = Compare: the pinned baseline beside what is shown, and their difference
compare-command-most-different = Go to the largest difference in this row
compare-command-most-different-bar = largest difference
compare-command-pin-baseline = Pin what is shown as the baseline, to compare another head, layer, sentence or model with it
compare-command-pin-baseline-bar = pin this
compare-command-unpin-baseline = Unpin the baseline
compare-command-unpin-baseline-bar = unpin
compare-command-start-again-bar = start again

# The view Heads (src/views/heads/)
heads-tab = Heads
heads-command-show = Heads: all heads of all layers at once
heads-command-open-head = Open the head under the cursor as a matrix
heads-command-open-head-bar = open
heads-command-statistic = Show the next statistic of each head
heads-command-statistic-bar = statistic
heads-command-previous-statistic = Show the previous statistic
heads-command-previous-statistic-bar = previous
heads-command-sort = Sort the heads by the statistic, or by layer again
heads-command-sort-bar = sort
heads-command-left = Move the cursor to the head on the left
heads-command-right = Move the cursor to the head on the right
heads-command-first = Go to the first head of the layer
heads-command-last = Go to the last head of the layer

# The view Layers (src/views/layers/)
layers-tab = Layers
layers-command-show = Layers: where one token looks, layer by layer
layers-command-source-here = Make the token under the cursor the source
layers-command-source-here-bar = source here
layers-command-source-cls = Make [CLS] the source again
layers-command-source-cls-bar = source [CLS]

# The view Map (src/views/map/)
map-tab = Map

# The view of what a vector is made of. $token is a token or word, $measure an id such as decompx, $percent a whole number.
output-tab = Output
output-command-show = Output: what the model's heads and probes say of the text, and why
output-command-up = Go to the row above
output-command-down = Go to the row below
output-command-left = Go to the score on the left; of a masked-language head, to the token before
output-command-right = Go to the score on the right; of a masked-language head, to the next token
output-command-next-measure = Explain the logit by words, by layers and heads, or show what each layer would say; explain what was cancelled
output-command-sweep = Show in Sweep which heads, or words, change the logit under the cursor most when they are ablated
output-command-sweep-bar = loss by head
output-command-again-bar = explain
output-command-heads-bar = by heads
output-command-layers-bar = by layer
output-command-words-bar = by words
output-command-cancel-bar = cancel the explanation
output-of-sentence = What is read off the sentence's vectors
output-of-joined = What is read off the vectors of A and B joined
output-of-a = What is read off the vectors of A alone
output-of-b = What is read off the vectors of B alone
output-column-head = head
output-column-now = score
output-column-before = before
output-column-change = change
output-entities = entities
output-tokens = label of each token
output-words-for = words for { $mask }, token { $position }
output-probability = bars: probability, 0 to 1
output-each-by-itself = probability of each label by itself, not of one among them
output-choice-alone = a choice is a second sentence
output-score = a score, not a probability
output-highest-first = { $count } labels, the highest first
output-word-here = { $word } (stands here)
output-word-rank = rank { $rank } · entropy { $entropy } nats
output-no-entities = no entities
output-none-replaced = every token is taken for the original
output-no-pair = a question needs a second sentence, in which the answer is found
output-no-mask = below: for the token under the cursor; or write { $mask } in the sentence
output-none = This model has no output head
output-none-open = { $key } opens another model, for example:
output-none-words = google-bert/bert-base-uncased: words for [MASK], next sentence
output-none-labels = nlptown/bert-base-multilingual-uncased-sentiment: one to five stars
output-none-entities = dslim/bert-base-NER: persons, places, organisations
output-none-answers = deepset/bert-base-cased-squad2: the answer to A in B
output-none-probe = or train one of your own on this model: clscope probe train
output-row = { $name } ({ $title })
output-row-of = { $name } ({ $title }, { $pooling })
output-accuracy = { $shares } right on { $count } unseen
output-logit-at = { $label } at token { $position }, “{ $word }”
output-why = logit { $logit } of { $name }, in parts
output-why-layers = logit { $logit } of { $name }, layer by layer
output-why-none = a probe on declared has no parts: that vector is read apart, with its own prompt and limit
output-why-no-label = no label is chosen here: its scores are not numbers
output-why-no-sum = it has no parts: there is no such number in this text
output-why-working = the logit is being explained …
output-why-cancelled = the explanation was cancelled · { $key }: explain
output-why-failed = the logit cannot be explained: { $reason }
output-why-part = part
output-why-loss = lost
output-why-biases = biases
output-why-ff = FF
output-why-embeddings = embeddings { $part }
output-why-all-biases = biases { $part }
output-why-largest = largest { $parts }
output-why-parts = part: adds up to the logit
output-why-losses = lost: what it loses without the word
output-why-correlation = rank correlation { $rho }
output-why-left-out = { $count ->
    [one] { $count } word with a shorter bar is not shown
   *[other] { $count } words with shorter bars are not shown
}
output-why-raw = raw: each layer read as if it were the one that was trained on
output-why-embedded = embedded
output-why-rank = rank
output-why-entropy = entropy
output-why-probability = prob.
mixing-tab = Mixing
mixing-command-show = Mixing: what a token's vector is made of, and what is said of [CLS], tested
mixing-command-left = Explain the token on the left
mixing-command-right = Explain the token on the right
mixing-command-token-bar = token
mixing-command-source-cls = Explain [CLS] again
mixing-command-next-measure = Show the shares under the next measure: alti, decompx or dot; begin again what was cancelled
mixing-caption = { $token } · { $measure }: { $says }
mixing-work = what the vectors are made of is being worked out · { $key }: cancel
mixing-work-steps = what the vectors are made of is being worked out, { $done } of { $of } · { $key }: cancel
mixing-work-waits = what the vectors are made of comes next
mixing-no-work = what the vectors of this text are made of is not worked out · { $key }: work it out
# Columns of at most 7 cells.
mixing-column-itself = itself
mixing-column-words = words
mixing-column-signs = signs
mixing-column-specials = special
mixing-column-biases = biases
mixing-column-even = even
mixing-column-taken = takes
mixing-column-others-even = others
mixing-tokens = every token, behind the last layer; others: evenness without its own share
# $claim is one of the four, $verdict one of those below.
mixing-claim = { $letter }  { $claim }: { $verdict }
mixing-claim-heading = { $letter }  { $claim }
mixing-depends = depends on the measure
mixing-open = not decided by these sentences
mixing-untested = not tested
mixing-here = here: { $verdict }
mixing-many = many: { $verdict }
mixing-verdict-holds = holds
mixing-verdict-fails = does not hold
mixing-count = { $measure } { $count }/{ $words }
mixing-largest = largest: { $counts }
mixing-owns = own share, biases in the whole: { $shares }
mixing-short-content = content words
mixing-short-function = function words
mixing-short-explained = the best average explains
mixing-short-parts = mean less cls
mixing-when-ablated = Something is ablated: the vector these cosines are compared with is the ablated one.
mixing-table-claim-numbers = What the verdicts rest on: (a) the part of words that are the largest of their own vector, (b) the part of words more even than { $first }, (c) what the best average explains, (d) cosines of unrelated sentences
mixing-own = { $measure } { $percent } %
mixing-more-even = more even: { $counts }
mixing-more-even-aside = without their own share: { $counts }
mixing-by-inputs = the best average of inputs explains { $percent } %, needed { $needed } %
mixing-by-outputs = the best average of the last vectors explains { $percent } %
mixing-unrelated = cosine of unrelated sentences: cls { $cls }, mean { $mean }
mixing-claims-few = { $claims } · fewer than { $fewest } decide nothing
mixing-background = unrelated sentences are being read, { $done } of { $of }
mixing-background-comparing = unrelated sentences are read and compared with each other …
mixing-table-layers = What { $token } is made of, layer by layer ({ $measure })
mixing-table-tokens = What every token is made of, behind the last layer ({ $measure })
mixing-table-claims = What is said of { $first }, tested on this sentence
mixing-claim-a = A word is the largest part of its own vector
mixing-claim-b = { $first } mixes words more evenly than any word does
mixing-claim-c = { $first } is a weighted average of the words
mixing-claim-d = { $first } parts unrelated sentences as well as the mean
mixing-list-made-of = What the vector is made of, layer by layer ({ $measure })
mixing-list-verdicts = { $sentences ->
    [one] The four claims, tested on one sentence
   *[other] The four claims, tested on { $sentences } sentences; intervals are 95 %, by resampling sentences
}
mixing-list-tests = The tests: a claim holds where every test that decides holds, under every measure but those for comparison with papers
mixing-list-own = The share of a token in its own last vector, the biases left aside, and how often it is the largest part
mixing-list-evenness = How evenly the words share a last vector: entropy / log n, Gini, the strongest word as a multiple of a fair part, and the evenness of [CLS] less that
mixing-list-parts = Where the last vectors come from; variance: what tells one sentence's vector from another's
mixing-list-same = How much of a vector is the same in every sentence, and the mean cosine of two sentences
mixing-list-taken = How much of [CLS] each layer's attention block takes from other tokens
mixing-list-blind = [CLS] made to look at nothing but itself: the cosine of its last vector to the real one, as it is and centred on the mean of the sentences
mixing-list-blind-of-one = [CLS] made to look at nothing but itself: the cosine of its last vector to the real one
mixing-list-explained = How much of [CLS] the best average of word vectors explains, as they are and centred
mixing-list-explained-of-one = How much of [CLS] the best average of word vectors explains
mixing-list-trust = How the shares of words follow what happens to a vector without each (Spearman): the word read as [MASK], or hidden
mixing-page-made-of = What is it made of?
mixing-next-page = { $key }: { $page }
mixing-page-when = When does { $first } read the sentence?
mixing-page-special = Is { $first } special?
mixing-caption-page = { $page } · { $measure }
mixing-command-next-page = Turn to the next page: made of, when [CLS] reads, is [CLS] special, the claims, the measures
mixing-command-order = Sort the tokens by the next column
mixing-command-order-bar = sort
mixing-command-cancel-bar = cancel the readings
mixing-column-strongest = topword
mixing-column-to-mean = ~mean
mixing-column-to-input = ~input
mixing-column-to-unrelated-cls = ~u.CLS
mixing-column-to-unrelated-mean = ~u.mean
mixing-column-gini = Gini
mixing-column-others-gini = o.Gini
mixing-column-weight = weight
mixing-column-raw = raw
mixing-column-centred = centred
mixing-group-layer = in this layer
mixing-group-blind-here = blind here
mixing-group-blind-up-to = up to here
mixing-blind-from = from
mixing-group-blind-from = from here
mixing-special = { $first } has place { $rank } of { $of } by “{ $column }”
mixing-special-columns = even: entropy of the words' shares / log n; others: without its own word · topword: × a fair part · ~: cosine to the mean, own input, mean { $first } and mean of unrelated sentences
mixing-special-unknown = { $first } has no such number
mixing-when = blind: { $first } sees only itself there; cosine of its last vector to the real one
mixing-when-steps = the sentence is being read with { $first } blind, { $done } of { $of } · { $key }: cancel
mixing-told-cosines = cosine { $raw }, centred { $centred }
mixing-told-cosine = cosine { $raw }
mixing-told-weight = Layer { $layer }: { $weight } % of the attention of { $first } is on itself, and { $taken } % of its vector comes from others. A weight says where it looks, not what it is made of.
mixing-told-early = Blind in layers 1 to { $last }, the last { $first } is the same ({ $cosines }): it does not read the sentence there.
mixing-told-late = Blind in layer { $layer } alone, nothing of the sentence is left ({ $cosines }): it reads there.
mixing-told-most = It reads most in layer { $layer }: blind in that layer alone, { $cosines }.
mixing-table-blind = When { $first } reads: its attention weight on itself, what each layer takes from other tokens, and the cosine of the last { $first } to the real one where it looks at nothing but itself
mixing-table-traits = How each last vector mixes the words, and what it is close to ({ $measure })
mixing-command-blind = Make the token blind in this layer, in every view: it looks at nothing but itself; a second press restores it
mixing-command-blind-bar = blind
mixing-page-claims = The four claims
mixing-page-trust = How far to trust each measure
mixing-command-next-whole = Explain the mean of all tokens, then the pooled output, then the token again
mixing-command-next-whole-bar = mean, pooled
mixing-column-cancelling = cancels
mixing-study-failed = this cannot be found out: { $reason }
mixing-study-cancelled = this was cancelled · { $key }: begin again
mixing-claims-steps = many sentences are being tested, { $done } of { $of } · { $key }: cancel
mixing-claims-unablated = { $claims }; the many are read without ablations
mixing-claims-own = { $sentences ->
    [one] on this sentence and on the one sentence of your list; intervals: 95 %, by resampling sentences
   *[other] on this sentence and on the { $sentences } sentences of your list; intervals: 95 %, by resampling sentences
}
mixing-claims-background = { $sentences ->
    [one] on this sentence and on one unrelated sentence; intervals: 95 %, by resampling sentences
   *[other] on this sentence and on { $sentences } unrelated sentences; intervals: 95 %, by resampling sentences
}
mixing-test-under = { $measure } { $number }
mixing-test-needs = needs { $needed } %
mixing-test-content-largest = content words:
mixing-test-function-largest = function words:
mixing-test-content-even = its evenness less a content word's:
mixing-test-function-even = its evenness less a function word's:
mixing-test-explained = the best average of the input vectors explains
mixing-test-parts = cosine of two sentences under mean, less that under cls:
mixing-trust = Spearman's rank correlation of the words' shares with how far the vector turns when the word is masked or hidden from all: 1 foretells it, 0 says nothing.
mixing-trust-steps = the sentence is being read without each word, step { $done } of { $of } · { $key }: cancel
mixing-trust-list = { $sentences ->
    [one] this sentence, and the mean over one sentence
   *[other] this sentence, and the mean over { $sentences } sentences
}
mixing-trust-cls = cls, here
mixing-trust-mean = mean, here
mixing-trust-cls-list = cls, many
mixing-trust-mean-list = mean, many
mixing-trust-masked = masked
mixing-trust-hidden = hidden
mixing-number-of = { $measure }, layer { $layer }: { $token } → { $token }
map-command-show = Map: the sentences of the list as points of a plane
map-command-left = Go to the nearest point on the left
map-command-right = Go to the nearest point on the right
map-command-up = Go to the nearest point above
map-command-down = Go to the nearest point below
map-command-top = Go to the first sentence of the list
map-command-bottom = Go to the last sentence of the list
map-command-point-color = Colour the points by cluster, or by their place in the list
map-command-point-color-bar = colours

# The view Matrix (src/views/matrix/)
matrix-tab = Matrix
matrix-command-show = Matrix: from every token to every token, in one layer
matrix-command-open-head = Does nothing here: the matrix is open
matrix-command-blind = Cut this cell: the row's token does not look at the column's in this layer, in every view; a second press restores it
matrix-command-blind-bar = cut cell
matrix-command-zoom = Toggle between cells with numbers and small cells
matrix-command-zoom-bar = zoom

# The view Pooling (src/views/pooling/)
pooling-tab = Pooling
pooling-command-show = Pooling: the pooled output beside the mean of the sequence output
pooling-command-next-page = Turn to the next page: overview, calibration, layers, dimensions, words, nearest
pooling-command-next-page-bar = page
pooling-command-other-pooling = Show the dimensions, or the words, of another pooling
pooling-command-other-pooling-bar = pooling
pooling-command-carry-back = On the page of words, carry the cosine back to the input words, or show the last layer again
pooling-command-inputs-bar = to the inputs
pooling-command-last-layer-bar = last layer
pooling-command-words = On the page of words, count in words or in their pieces
pooling-command-up = Scroll up; on the page of words, go to the word above
pooling-command-down = Scroll down; on the page of words, go to the word below
pooling-command-left = On the page of words, go to the word on the left
pooling-command-right = On the page of words, go to the word on the right
pooling-command-page-up = Scroll a page up
pooling-command-page-down = Scroll a page down
pooling-command-top = Go to the first line
pooling-command-bottom = Go to the last line
pooling-command-next-reading = Show the poolings of the other sentence
pooling-command-next-reading-bar = reading

# The view Sentences (src/views/sentences/)
sentences-tab = Sentences
sentences-command-show = Sentences: a list of sentences, each compared with each
sentences-command-left = Move to the column on the left
sentences-command-right = Move to the column on the right
sentences-command-first = Go to the first column
sentences-command-last = Go to the last column
sentences-command-list-order = Order as given, or clustered so that similar sentences are neighbours
sentences-command-list-order-bar = order
sentences-command-next-disagreement = Go to the pair on which the two poolings disagree most, then to the next
sentences-command-next-disagreement-bar = disagree most
sentences-command-next-closest = Go to the closest pair under the left pooling, then to the next
sentences-command-next-closest-bar = closest
sentences-command-previous-closest = Go back to the previous pair in the order of closeness
sentences-command-previous-closest-bar = closer
sentences-command-list-background = Rank cosines among the pairs of this list, or among those of unrelated sentences
sentences-command-list-background-list = rank in the list
sentences-command-list-background-unrelated = rank among unrelated
sentences-command-previous-disagreement = Go back to the previous pair in the order of disagreement
sentences-command-previous-disagreement-bar = disagree more

# The view Sweep (src/views/sweep/)
sweep-tab = Sweep
sweep-command-show = Sweep: what ablating each head, or each word, changes
sweep-command-up = Move the cursor up
sweep-command-down = Move the cursor down
sweep-command-page-up = Move ten lines up
sweep-command-page-down = Move ten lines down
sweep-command-top = Go to the first line
sweep-command-bottom = Go to the last line
sweep-command-sweep-parts = Sweep over heads, or over words
sweep-command-words-bar = words
sweep-command-heads-bar = heads
sweep-command-sweep-order = Order by the loss of cls, pooled, mean or the token that looks, by position, or by the change of the cell under the cursor of Layers or of the logit chosen in Output
sweep-command-sweep-order-bar = order by
sweep-command-start-sweep = Start the sweep again
sweep-command-start-sweep-bar = start
sweep-command-ablate-head = Ablate the head or word under the cursor; a second press restores it
sweep-command-ablate-bar = ablate it
sweep-command-restore-bar = restore it

# Commands that several views have: the cursor of attention (src/state/commands/cursor.rs)
command-left = Move the cursor to the token on the left
command-right = Move the cursor to the token on the right
command-first = Go to the first token
command-last = Go to the last token
command-page-left = Move the cursor ten tokens to the left
command-page-right = Move the cursor ten tokens to the right
command-layer-up = Move the cursor to the layer above
command-layer-down = Move the cursor to the layer below
command-layer-top = Go to the first layer
command-layer-bottom = Go to the last layer
command-source-up = Move to the row above: the attention of the token before
command-source-down = Move to the row below: the attention of the token after
command-source-top = Go to the first row
command-source-bottom = Go to the last row
command-previous-layer = Show the previous layer
command-previous-layer-bar = layer up
command-next-layer = Show the next layer
command-next-layer-bar = layer down
command-strongest = Go to the token with the most attention in this row
command-strongest-bar = strongest
command-find = Find a token
command-find-bar = find
command-find-next = Go to the next match
command-find-next-bar = next
command-find-previous = Go to the previous match
command-find-previous-bar = previous

# Commands that several views have: what is shown of attention (src/state/commands/options.rs)
command-previous-head = Show the previous head
command-previous-head-bar = head −
command-next-head = Show the next head
command-next-head-bar = head +
command-mean-of-heads = Show the mean of all heads
command-mean-of-heads-bar = mean
command-max-of-heads = Show the largest of all heads
command-max-of-heads-bar = max
command-mark-head = Mark or unmark the head: mean and max are taken over the marked heads, or over all
command-mark-head-bar = mark head
command-mark-token = Mark or unmark the token: the shares of marked tokens are summed
command-mark-token-bar = mark
command-unmark = Unmark all tokens and heads
command-unmark-bar = unmark
command-turn-around = Show what the token looks at, or which tokens look at it
command-turn-around-bar = turn around
command-specials = Special tokens like [SEP]: show, hide, or hide and scale the rest to 100 %
command-specials-bar = specials
command-words = Count in subwords or in words: sum over targets, mean over sources
command-words-bar = words
command-scale = Top of the colour scale: the largest of all, the largest of each row, or 100 %
command-scale-bar = scale
command-next-measure = Show the next measure: attention weights, or what a token takes from the others
command-next-measure-bar = measure
command-previous-measure = Show the previous measure
command-previous-measure-bar = previous measure
command-ablate-head = Ablate the head, or all heads of the layer; a second press restores it
command-ablate-head-bar = ablate head
command-ablate-layer-bar = ablate layer
command-restore-bar = restore
command-ablate-token = Ablate the token: hide it from all others; a second press reads [MASK] instead, a third restores it
command-ablate-token-bar = ablate token
command-undo-ablation = Undo the last ablation
command-about-bar = effect on
command-about = Measure what ablations change on cls, pooled, mean, the token that looks, the cell under the cursor, or the logit chosen in Output first
command-undo-ablation-bar = undo ablation
command-pin-baseline = Pin what is shown as the baseline, to compare another head, layer, sentence or model with it
command-pin-baseline-bar = pin
command-unpin-baseline = Unpin the baseline
command-unpin-baseline-bar = unpin
command-next-reading = Show the next reading of a pair: joined, A alone, B alone
command-next-reading-bar = reading

# Commands of the views of the list (src/state/list/commands.rs)
list-command-up = Move the cursor to the sentence above
list-command-down = Move the cursor to the sentence below
list-command-previous-line = Go to the previous sentence in the list
list-command-previous-line-bar = line up
list-command-next-line = Go to the next sentence in the list
list-command-next-line-bar = line down
list-command-page-up = Move ten sentences up
list-command-page-down = Move ten sentences down
list-command-top = Go to the first sentence
list-command-bottom = Go to the last sentence
list-command-remove-line = Remove the sentence under the cursor
list-command-remove-line-bar = remove
list-command-undo-list = Undo the last change of the list
list-command-undo-list-bar = undo
list-command-line-to-a = Read the sentence under the cursor as A
list-command-line-to-a-bar = make it A
list-command-line-to-b = Read the sentence under the cursor as B
list-command-line-to-b-bar = make it B
list-command-left-pooling = Show another pooling on the left
list-command-left-pooling-bar = left pooling
list-command-right-pooling = Show another pooling on the right
list-command-right-pooling-bar = right pooling
list-command-read-list = Read the sentences that are not read yet
list-command-read-list-bar = continue
list-command-find = Find a sentence
list-command-find-bar = find
list-command-add-line = Type a sentence, and the next one after Enter
list-command-add-line-bar = type one
list-command-edit-line = Edit the sentence under the cursor
list-command-edit-line-bar = edit

# Commands that act everywhere (src/app/rows.rs)
app-command-edit-sentence = Edit the sentence
app-command-edit-sentence-bar = edit
app-command-edit-pair = Edit the second sentence (leave it empty to read one alone)
app-command-edit-pair-bar = edit B
app-command-example = Load the next example sentence
app-command-example-bar = example
app-command-pick-model = Choose another model
app-command-pick-model-bar = model
app-command-add-to-list = Add the sentences A and B to the list of sentences
app-command-add-to-list-bar = to the list
app-command-copy-table = Copy the table behind the view
app-command-copy-table-bar = copy table
app-command-export = Write what is shown to a file; the next key chooses the format
app-command-export-bar = export
app-command-save-session = Save the session to a file; clscope open FILE opens it
app-command-save-session-bar = save
app-command-restore-session = Restore the session that was kept when clscope was last left
app-command-restore-session-bar = last session
app-command-lessons = Choose a lesson: predict, measure, judge
app-command-lessons-bar = lessons
app-command-note = Write a note beside what is on screen; it is kept and saved with the session
app-command-note-bar = note
app-command-projector = Show fewer and larger things, for a projector; a second press shows everything
app-command-projector-bar = projector
app-command-next-theme = Take the next theme: dark, light, mono
app-command-next-theme-bar = theme
# As lines of text (src/explorer/plain.rs).
plain-greeting = Type a sentence, or a command behind a colon: a key (:down, :f7), :keys, :numbers, :facts, :b SENTENCE for a second one, :# for a note, :W for lessons, :q to quit.
plain-asks-sentence = The next line is the sentence.
plain-asks-find = The next line is the text to find.
plain-asks-note = The next line is the note.
plain-open = Open: { $what }. :keys lists its keys, :esc closes it.
plain-note = Note: { $note }
plain-of-screen = that is of a screen, and plain lines have none
plain-unknown = no key and no command { $name }; :keys lists those that do something now
plain-view = View: { $view }
plain-claims = The claims are tested on { $sentences } sentences, which can take minutes; nothing is read meanwhile.
plain-unchanged = Nothing that is told here has changed.
plain-unablated = Nothing is ablated any more.
# $title is that of the table behind the view, of several the first.
plain-shown = It shows: { $title }
plain-number = { $of }: { $number }
plain-key = :{ $commands }: { $does }
app-command-mouse = Give the mouse to the terminal, to select text; a second press takes it back
app-command-mouse-bar = mouse
app-command-next-language = 中文界面: read clscope in the next language
app-command-next-language-bar = 中文
app-command-help = Show every key
app-command-help-bar = help
app-command-quit = Leave clscope
app-command-quit-bar = quit
app-command-suspend = Suspend to the shell (fg brings clscope back)
app-command-suspend-bar = suspend
app-command-redraw = Draw the whole screen again
app-command-redraw-bar = redraw
app-context-everywhere = Everywhere
app-context-everywhere-about = Everywhere but in a text field

# Commands that act everywhere but in a text field (src/app/global.rs)
app-command-cancel = Cancel a sweep, the working out of a measure or a logit, the reading of the list, or a download; dismiss what went wrong
command-cancel-bar = cancel
command-cancel-list-bar = cancel the reading
command-cancel-work-bar = cancel the measure
command-cancel-download-bar = cancel the download
command-dismiss-bar = dismiss the error
sweep-command-cancel-bar = cancel the sweep
app-command-next-view = Go to the next view
app-command-previous-view = Go to the previous view
app-command-table = Show the numbers behind the view as a table
app-command-table-bar = table
app-command-copy = Copy the number under the cursor
app-command-copy-bar = copy

# The choice of a format (src/app/overlays/export.rs)
export-context = Writing a file
export-context-about = While the format of a file is chosen
export-command-leave = Write nothing
export-command-leave-bar = write nothing

# A note (src/app/overlays/note.rs)
note-context = Writing a note
note-context-about = While a note is typed
note-command-commit = Add the line to the notes, which go with the session
note-command-commit-bar = add the note
note-command-last = Take the last line back, to change it or to clear it
note-command-last-bar = last line
note-command-leave = Leave the notes as they were
note-command-leave-bar = back

# The search for a token or a sentence (src/app/overlays/find.rs)
find-context = Finding a token
find-context-about = While a token is looked for
find-command-commit = Stay at the match
find-command-commit-bar = stay here
find-command-leave = Go back to where the cursor was
find-command-leave-bar = back

# The help (src/app/overlays/help.rs)
help-context = Help
help-context-about = While the help is open
help-command-leave = Close the help
help-command-leave-bar = close
help-command-up = Scroll up by a line
help-command-down = Scroll down by a line
help-command-page-up = Scroll up by ten lines
help-command-page-down = Scroll down by ten lines
help-command-top = Go to the first line
help-command-bottom = Go to the last line

# The text fields (src/app/overlays/input.rs)
input-context = While typing
input-context-about = While a text field has the cursor
input-command-commit = Go to the view; load an example first if nothing is typed
input-command-commit-bar = read it
input-command-commit-line-bar = take it
input-command-commit-example-bar = example
input-command-leave = Leave the text field
input-command-other-field = Go to the other text field
input-command-other-field-bar = other field

# The list of models (src/app/overlays/picker.rs)
picker-context = Choosing a model
picker-context-about = While the list of models is open
picker-command-open-model = Open the model under the cursor; a model of the Hub is downloaded first
picker-command-open-model-bar = open
picker-command-download-bar = download
picker-command-leave = Close the list
picker-command-leave-bar = close
picker-command-up = Move the cursor to the model above
picker-command-down = Move the cursor to the model below
picker-command-page-up = Move ten models up
picker-command-page-down = Move ten models down

# The table view (src/app/overlays/table.rs)
table-context = Table
table-context-about = While the table is open
table-command-table = Close the table
table-command-table-bar = close
table-command-left = Move the cursor to the column on the left
table-command-right = Move the cursor to the column on the right
table-command-up = Move the cursor to the row above
table-command-down = Move the cursor to the row below
table-command-first = Go to the first column
table-command-last = Go to the last column
table-command-page-up = Move ten rows up
table-command-page-down = Move ten rows down
table-command-top = Go to the first row
table-command-bottom = Go to the last row
table-command-next-table = Show the next table of the view
table-command-next-table-bar = next table
table-command-sort-table = Sort the rows by the column under the cursor, or show them in their own order
table-command-sort-table-bar = sort
table-command-copy = Copy the number under the cursor
table-command-copy-bar = copy the number

# Several commands of the bottom bar under one name
bar-move = move
bar-layer = layer
bar-one-head = one head
bar-measure = measure
bar-joined-a-b = joined, A, B
bar-statistic = statistic
bar-no-head = no head
bar-found = found
bar-in-the-list = in the list
bar-poolings = poolings
bar-add-a-b = add A, B
bar-make-it-a-b = make it A, B
bar-a-or-b = A or B
bar-closest = closest
bar-disagree-most = disagree most
bar-edit-a = edit A
bar-previous-next = previous, next
bar-scroll = scroll
bar-copy-all = copy all

# Moving in a text and editing it (src/app/overlays/text.rs)
text-command-text-left = Move one character left
text-command-text-right = Move one character right
text-command-word-left = Move one word left
text-command-word-right = Move one word right
text-command-text-start = Go to the start of the text
text-command-text-end = Go to the end of the text
text-command-delete-back = Delete the character before the cursor; many terminals send ctrl-h for backspace
text-command-delete-forward = Delete the character under the cursor
text-command-delete-word = Delete the word before the cursor
text-command-clear-text = Empty the text field
text-command-clear-text-bar = clear

## Formats of files (src/export/format.rs): a word, and a line
