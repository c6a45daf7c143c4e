### clscope 的中文界面。
###
### 语法：https://projectfluent.org/fluent/guide/ 。标识与参数同 en.ftl；中文没有复数，只写 { $count }。
### 需要键入或保存的名字（pooled、mean-words、--model、HF_HOME）不译。数字、英文与中文之间空一格；标点用全角，代码与公式用半角。
### tests/library/messages.rs 核对缺译、参数和宽度（一个汉字占两格）。
###
### 用词：
###     token                       词元；subword 子词；special token 特殊词元；unknown token 未登录词（[UNK]）
###     attention, weight           注意力，注意力权重；“[CLS] looks at …”是“[CLS] 关注 …”，不说“看”
###     takes from                  来自（“[CLS] 的向量来自 …”）
###     source, target              源词元，目标词元
###     head; output head           注意力头（头）；输出头，两者不可混用
###     layer; hidden state         层；隐藏状态
###     residual, layer norm, feed-forward, bias   残差，层归一化，前馈网络，偏置
###     pooling, pooler             池化，池化器；pooled output 池化输出；sequence output 序列输出
###     sentence vector, word vector   句向量，词向量
###     trace                       前向计算结果
###     joined, alone               合并读入，各自读入
###     cosine; dot; Euclidean      余弦相似度（余弦）；点积；欧氏距离
###     percentile, unrelated pairs 百分位，无关句对；background 背景句集
###     calibration, centred, whitened   校准，中心化，白化；rogue dimension 异常维度
###     contribution, own share     贡献，自身占比；evenness 均匀度；value norm 值向量范数；block 注意力块
###     effective tokens            有效词元数
###     ablation; mask, replace     消融；屏蔽，替换为 [MASK]；sweep 逐个消融
###     baseline, pin, compare      基准，固定为基准，对比
###     claim, holds, does not hold, depends on the measure   说法，成立，不成立，取决于度量方法
###     heat map, matrix, scatter   热力图，矩阵，散点图
###     checkpoint, cache, Hub      检查点，缓存，Hub
###     prompt                      提示词（加在文本前面的）
###     cut off, truncated          截断（不是消融）
###     hidden                      隐藏（不显示）；消融时用“屏蔽”

## 各处（src/guard.rs）

guard-silent-panic = 它停止了，没有说明原因
messages-translated = 一段文字，或 {"{"} en = "...", zh = "..." {"}"} 这样的表
messages-no-language = 没有语言 { $name }；可用的有：{ $choices }
messages-listed = { $before }、{ $next }
messages-sentences = { $before }{ $next }
messages-remarks = { $before }；{ $next }

## 系统为何拒绝文件，以及如何解决（src/messages/system.rs）

system-remedy = { $reason }；{ $remedy }
system-not-found = 没有这个文件或目录
system-not-allowed = 没有权限
system-exists = 已有同名文件
system-full = 磁盘已满
system-quota = 磁盘配额已用完
system-too-large = 文件超过了磁盘或 shell 的限制（ulimit -f）
system-read-only = 磁盘只读
system-directory = 它是目录
system-no-directory = 路径中有一部分不是目录
system-name = 名称过长，或含有不允许的字符
system-not-text = 不是 UTF-8 文本
system-loop = 符号链接互相循环
system-make-readable = 请加上读权限（chmod u+r），或指定其他文件
system-name-file-in-it = 请指定其中的文件
system-save-as-text = 请保存为 UTF-8
system-check-path = 请检查路径
system-make-directory = 请先创建所在目录（mkdir -p），或指定其他文件
system-make-room = 请腾出空间，或指定其他磁盘上的文件
system-name-other = 请改用其他名称
system-name-other-file = 请指定有写权限的目录中的文件

## 模型与模型读入的内容（src/bert/）

bert-activation-learned = hidden_act 是 { $name }，它带有需要学习的参数，clscope 不支持；请打开别的模型
bert-activation-unknown = hidden_act 是 { $name }，transformers 没有这个激活函数；请填训练时所用的激活函数：{ $known }

bert-tokenizer-python = 它的分词器 { $class } 用 Python 代码切分文本，clscope 不运行 Python，换别的切法会得到不同的词元；请打开带有 tokenizer.json 的模型
bert-tokenizer-no-file = 它的分词器 { $class } 只能从 tokenizer.json 读取，而目录里没有这个文件；请在模型目录中生成一次：python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('.').save_pretrained('.')"（SentencePiece 文件还需要：pip install sentencepiece protobuf）
bert-tokenizer-no-older-file = 分词器 { $class } 从 tokenizer.json 或 { $files } 读取，而这些文件都不存在；请从训练它所用的模型复制
bert-tokenizer-no-vocabulary = 缺少 tokenizer.json 和 vocab.txt，分词器 { $class } 需要其中之一；请从它的基础模型复制一份
bert-tokenizer-other-model = 它的分词器 { $class } 应是 { $expected } 子词模型，tokenizer.json 里却是 { $found } 子词模型；如果文件没错，请在 tokenizer_config.json 中把 "tokenizer_class" 设为 "TokenizersBackend"
bert-tokenizer-sentence-pieces = vocab.txt 里是 SentencePiece 的子词，BERT 的分词器认不出；请用模型自己的分词器写出 tokenizer.json，并在 tokenizer_config.json 中把 "tokenizer_class" 设为 "TokenizersBackend"
bert-tokenizer-merge = 第 { $line } 行不是用空格隔开的两个片段
bert-tokenizer-no-sentence-pieces = { $file } 不是 SentencePiece 模型
bert-tokenizer-no-token = 词表中没有词元 { $token }
bert-tokenizer-no-special-token = { $file } 里没有词元 { $token }；请在 tokenizer_config.json 中用 "{ $setting }" 写明实际使用的词元

bert-head-name-pooler = 池化器
bert-head-name-masked-language = 掩码语言模型头
bert-head-name-next-sentence = 下一句预测头
bert-head-name-sentence-order = 句序预测头
bert-head-name-sequence-classification = 文本分类头
bert-head-name-multiple-choice = 多项选择头
bert-head-name-token-classification = 词元分类头
bert-head-name-question-answering = 问答头
bert-head-name-replaced-tokens = 替换词元检测头
bert-head-name-probe = 探针
bert-head-missing = 不使用{ $head }：权重缺少 { $name } { $shape }；请补上此张量
bert-head-labels = 不使用{ $head }：{ $name } 有 { $rows } 行，config.json 有 { $labels } 个标签；请改正 config.json 的 id2label 或 num_labels
bert-head-label-list = 不使用{ $head }：config.json 的 id2label 是列表，transformers 无法读取；请写成对象，在每个名称前写明行号
bert-head-label-form = 不使用{ $head }：config.json 的 id2label 不是由行号和名称组成的对象，transformers 只读取这种对象；请写成对象，在每个名称前写明行号
bert-head-shape = 不使用{ $head }：{ $name } 的形状是 { $found }，config.json 要求 { $expected }；请改正 config.json 或权重
bert-head-type = 不使用{ $head }：{ $name } 不是浮点数；请保存为 float32
bert-head-no-pooler = 不使用{ $head }：它读池化输出，而权重没有池化器；请补上 pooler.dense，或改正 config.json 的 architectures
bert-remark-assumed-head = config.json 没有写明带分类头的类，分类头按 { $class } 读取；要指定，请设 "architectures"
bert-remark-output-activation = 不认识 sentence-transformers 所用的激活函数 { $activation }；改用 transformers 的激活函数
bert-remark-label-rows = config.json 的 id2label 在第 0 至 { $last } 行中缺少 { $count } 行的名称（{ $missing }），这些行称为 { $called }；另有不属于任何行的名称（{ $left_out }）被略去；请改正 id2label
bert-remark-label-count = config.json 的 num_labels 为 { $count }，而 id2label 有 { $names } 个名称：与 transformers 一样以 num_labels 为准，标签称为 LABEL_0 等；请改正其中之一
bert-remark-cross-encoder-limit = sentence-transformers 的 CrossEncoder 在 { $limit } 个词元后截断输入；clscope 最多读取 { $most } 个，因此更长输入的分数会不同
bert-remark-unknown-class = transformers 没有名为 { $class } 的分词器，因此按原样读取 tokenizer.json
bert-remark-rebuilt = tokenizer.json 中有 { $class } 不读取的部分，与 transformers 5 一致（4 会读取，并套用 tokenizer_config.json 的设置）：{ $parts }；要读取整个文件，请在 tokenizer_config.json 中把 "tokenizer_class" 设为 "TokenizersBackend"
bert-remark-lower-case = 没有文件说明是否区分大小写；词表中没有大写字母，因此文本转为小写
bert-remark-keeps-case = 没有文件说明是否区分大小写；词表中有大写字母，因此保留大小写
bert-remark-no-token-types = 句对中两句的 token type 都是 0，因为 { $class } 不给出 token type，与 transformers 5 一致（4 给出 0 和 1）；需要时，请在 tokenizer_config.json 中把 "model_input_names" 设为 ["input_ids", "token_type_ids", "attention_mask"]
## 模型训练时采用的句向量（src/bert/）

bert-declared-no-modules = 模型没有 modules.json，无从知道训练时采用哪种句向量（如果是 Hub 上的模型，clscope models fetch 可取来已有的文件）
bert-declared-file = { $file }：{ $reason }
bert-declared-missing = 没有这个文件
bert-declared-not-finite = { $tensor } 含有 NaN 或无穷大
bert-declared-module = modules.json 要求模块 { $module }，clscope 不支持
bert-declared-setting = { $file } 把 { $setting } 设为 { $value }，clscope 不支持
bert-declared-model-type = config_sentence_transformers.json 称模型为 { $kind }，这类模型不产生句向量
bert-declared-no-transformer = modules.json 的第一个模块不是 Transformer
bert-declared-no-pooling = modules.json 中没有把各词元向量合成一个向量的模块
bert-declared-size = { $module } 需要 { $expected } 维的向量，得到的是 { $found } 维
bert-declared-prompt = config_sentence_transformers.json 指定默认提示词 { $name }，它的提示词列表里却没有

bert-word-no-token = id { $id }（无词元）
bert-finding-not-declared = 没有说明模型训练时采用哪种句向量：{ $reason }
bert-finding-no-limit = 没有文件写明词元数上限：各程序自行决定，clscope 和 sentence-transformers 取模型的上限 { $positions }
bert-finding-no-settings = 没有 config_sentence_transformers.json：模型没有提示词，也没有指定相似度
bert-finding-limit-beyond = 写明的上限是 { $declared } 个词元，而模型最多读入 { $most } 个：文本更长时 Python 会报错，clscope 则截断
bert-finding-limits = sentence_bert_config.json 在 { $modules } 个词元处截断，tokenizer_config.json 在 { $tokenizer } 个处：sentence-transformers 按前者，没有前者的程序按后者
bert-finding-lower-case = 关于转小写，{ $first } 写的是 { $first_value }，{ $second } 写的是 { $second_value }：按不同文件读取会得到不同的词元
bert-finding-pooling-none = { $file } 没有启用任何池化：sentence-transformers 会取平均，其他程序可能报错或取 [CLS]
bert-finding-pooling-size = { $file } 写的是 { $named } 维，模型的向量却是 { $hidden } 维

bert-config-syntax = 无法读取 config.json：{ $reason }；请使用 save_pretrained 写出的 config.json
bert-config = config.json：{ $reason }
bert-config-model-type = model_type 是 { $found }；clscope 读取的编码器 model_type 为 { $known }
bert-config-no-model-type = 其中没有 model_type，而 architectures 是 { $found }；请在其中加入 "model_type": { $wanted }
bert-config-other-form = 其中的设置用的是 { $found } 的名称，却按 { $own } 读取；请写入 "model_type": { $wanted }
bert-config-rotary = model_type 是 { $found }，这种编码器使用旋转位置编码，clscope 不能计算；可读取的 model_type 为 { $known }
bert-config-norm-first = model_type 是 { $found }，这种编码器在每个模块之前做层归一化，clscope 不能计算；可读取的 model_type 为 { $known }
bert-config-disentangled = model_type 是 { $found }，这种编码器使用解耦注意力，clscope 不能计算；可读取的 model_type 为 { $known }
bert-config-model-decoder = model_type 是 { $found }，是解码器，词元不能关注其后的词元；clscope 读取的编码器 model_type 为 { $known }
bert-config-encoder-decoder = model_type 是 { $found }，是带解码器的编码器，clscope 不能计算；可读取的 model_type 为 { $known }
bert-config-position-embedding = 不支持 position_embedding_type { $found }；BERT 用的只有 "absolute"
bert-config-decoder = is_decoder 为 true；clscope 读的是编码器，其中每个词元都能关注所有词元
bert-config-size = { $name } 是 { $value }；应在 1 到 { $most } 之间
bert-config-pruned-heads = pruned_heads 剪去了 { $count } 个头；clscope 只读注意力头完整的模型，请打开剪枝之前的模型
bert-config-heads = num_attention_heads（{ $heads }）不能整除 hidden_size（{ $size }）
bert-config-positions = max_position_embeddings 小于 { $fewest }，连 [CLS] A [SEP] 加一个词都放不下
bert-config-buckets = relative_attention_num_buckets 为 { $value }；必须在 { $fewest } 到 1024 之间
bert-config-epsilon = layer_norm_eps 是 { $value }；应是很小的正数

bert-tokenizer = 无法读取分词器：{ $reason }；请重新下载模型
bert-tokenizer-unread = 无法读取 { $file }：{ $reason }；如果它由另一版本的 tokenizers 写出，请在模型目录中重新生成：python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('.').save_pretrained('.')"
bert-token-id = 分词器给出了词元编号 { $id }，模型却只认得小于 { $known } 的编号：可能是添加了词元却没有调整嵌入的大小（Python 里的 resize_token_embeddings），也可能是分词器和权重来自不同的模型
bert-tokenize = 无法对文本分词：{ $reason }
bert-normalizer-grows = tokenizer.json 的归一化规则会把它扩展到 { $most } MB 以上；请缩短文本，或重新下载分词器
bert-tokens = 共 { $tokens } 个词元，模型能读入 1 到 { $limit } 个

bert-weights = 无法读取 { $file }：{ $reason }；请重新下载模型
bert-weights-short = 它只有 { $bytes } 字节
bert-weights-as-is = 无法读取 { $file }：{ $reason }
bert-weights-lfs = 它是 git-lfs 指针，不是权重；请在模型目录中运行 git lfs pull
bert-tensorflow-no-table = 结尾不是 TensorFlow 索引的结尾
bert-tensorflow-packed = 其中的块经过压缩，clscope 不解压
bert-tensorflow-checksum = 其中一个校验和不符
bert-tensorflow-index = 其中关于张量的内容指向不存在的位置
bert-tensorflow-big-endian = 其中的数以高位字节开头，clscope 读的是相反的字节序
bert-tensorflow-large = 它有 { $bytes } 字节，对索引来说太大
bert-tensorflow-short = { $name } 超出了它的 { $bytes } 字节
bert-tensorflow-shards = 数据分在 { $expected } 个文件中，现有 { $found } 个；请把全部文件放在一起
bert-tensorflow-objects = 它由 Keras 写成，用对象树代替名称；请用 transformers 的 save_pretrained 保存模型
bert-weights-is-safetensors = 它是 safetensors 文件；请改名为 model.safetensors
bert-weights-pickled-model = 它存的是整个模型，而不是权重；请用生成它的程序只写权重：torch.save(model.state_dict(), "{ $file }")
bert-weights-header-size = 文件头声称有 { $claimed } 字节，文件只有 { $bytes } 字节
bert-weights-header = 文件头有误：{ $reason }
bert-weights-size = 应有 { $expected } 字节，实有 { $bytes } 字节
bert-load = 无法加载权重：{ $reason }；请重新下载模型
bert-weights-claim = { $bytes } 字节的文件声称装有 { $claimed }
bert-tensor-type = 张量 { $name } 的权重不是浮点数；请使用没有量化的检查点
bert-tensor-shape = 张量 "{ $name }" 的形状是 { $found }，config.json 要求 { $expected }；两个文件来自不同的模型
bert-table-rows = 张量 "{ $name }" 有 { $rows } 行，config.json 中的 { $setting } 是 { $said }；如果两个文件属于同一个模型，请在 config.json 中写入 "{ $setting }": { $rows }
bert-other-family = 张量的名称属于 { $found }，config.json 却是 { $own } 的；请使用这些权重自带的 config.json，或在其中写入 "model_type": { $families ->
    [1] { $wanted }
   *[other] { $wanted } 之一
}
bert-several-encoders = 权重中有多个编码器，名称前缀是 { $prefixes }；请用 save_pretrained 单独保存其中一个再打开
bert-pruned-heads = { $others ->
    [0] 有的头已被剪去：第 { $layer } 层只剩 { $left } 个（共 { $heads } 个）；clscope 只读注意力头完整的模型，请打开剪枝之前的模型
   *[other] 有的头已被剪去：第 { $layer } 层只剩 { $left } 个（共 { $heads } 个），另有 { $others } 层也不完整；clscope 只读注意力头完整的模型，请打开剪枝之前的模型
}
bert-missing-tensor = { $others ->
    [0] 权重中没有形状为 { $shape } 的张量 "{ $name }"；请使用与这些权重一同保存的 config.json
   *[other] 权重中没有形状为 { $shape } 的张量 "{ $name }"（还缺 { $others } 个）；请使用与这些权重一同保存的 config.json
}

bert-no-such-head = 没有第 { $layer } 层的第 { $head } 个头，无法消融；模型有 { $layers } 层，每层 { $heads } 个头：请从中选择
bert-no-such-token = 没有词元 { $position }，无法消融；输入的词元从 0 到 { $last }
bert-no-such-layer = 没有第 { $layer } 层，无法切断注意力边；模型有第 1 到 { $layers } 层
bert-nothing-to-look-at = 词元 { $position } 在第 { $layer } 层没有可关注的词元；请至少留一个没有屏蔽的词元
bert-every-token-masked = 所有词元都被屏蔽，没有可关注的词元；请至少保留一个
bert-no-mask-token = 分词器没有 [MASK]，无法替换；请改为屏蔽词元，或打开别的模型
bert-other-trace = 这是另一个模型读出的结果；请用当前模型重新读入文本
bert-too-large = { $tokens } 个词元的前向计算结果要占 { $gigabytes } GB 内存；请缩短文本，或打开小一些的模型

bert-unknown-backend = 没有名为 { $name } 的后端；可选：{ $choices }
bert-backend-missing = 此程序没有编入 { $backend } 后端；编入的方法：cargo build --release --features { $backend }
bert-backend-failed = 后端 { $backend } 出错：{ $reason }；请缩短文本，或用 --backend 换一个后端
bert-no-trace = 它没有给出前向计算结果

## 模型从哪里来（src/models/）

models-unknown = 没有模型 { $name }：它不是 "embedded"，也不是这里的目录，并且{ $reason }
models-no-directory = 没有目录 { $name }；请指定含有 config.json、分词器和权重的目录
models-no-revisions = --revision 指定的是 Hub 上的版本；{ $name } 没有版本
models-not-embedded = 此程序没有内置模型；请用 --model 指定目录或 Hub 上的模型，或在编译时启用 cargo 特性 "embedded"
models-file = 无法读取 { $path }：{ $reason }
models-no-file = 没有这个文件
models-no-config = 没有这个文件；模型目录需要 config.json、分词器和权重
models-not-a-file = 它不是文件；请换成模型自己的文件
models-link-to-nothing = 它是一个失效的链接；请重新下载模型，或把文件放到这里
models-file-too-large = 这个文件不应有 { $bytes } 字节之大；请换成模型自己的文件
models-missing-shard = 它提到的 { $name } 不在；请下载
models-shard-elsewhere = 它提到的 { $name } 不在同一目录下
models-lfs = 它是 git-lfs 指针，不是文件本身；请在模型目录中运行 git lfs pull
models-not-a-directory = { $name } 是文件；请指定含有 config.json、分词器和权重的目录（压缩包要先解开）
models-zip-contents = 其中没有带 bert_config.json 和 vocab.txt 的 TensorFlow 检查点，而其他模型不从 zip 读取；请解压后打开其目录
models-holds = { $path }：{ $contents }
models-holds-cache = 这是模型在 Hub 缓存中的文件夹；请打开 { $path }，或把模型写作 org/name
models-holds-adapter = 这是 { $base } 的适配器（adapter_config.json），clscope 不读适配器；请打开该模型，或将两者合并：python -c "from peft import AutoPeftModel; AutoPeftModel.from_pretrained('.').merge_and_unload().save_pretrained('merged')"，再复制分词器（如果已经合并，请删除 adapter_config.json）
models-holds-some-model = 另一个模型
models-holds-tensorflow = 它含有 TensorFlow 检查点的一部分（{ $name }）；clscope 从含有 { $name }.index、全部 { $name }.data-*、{ $config } 和 vocab.txt 的目录或 zip 中读取，请把这些文件放进一个目录再打开
models-holds-electra = 它含有 ELECTRA 的 TensorFlow 检查点的一部分（{ $name }）；clscope 从含有 { $name }.index、全部 { $name }.data-*、vocab.txt 和 config.json 的目录中读取，而 Google 发布时没有附上 config.json，请从 Hub 复制同样大小模型的那一个（google/electra-small-discriminator、-base-、-large-）
models-holds-keras = 它含有 TensorFlow 权重（{ $file }），clscope 不支持；请在此目录中用 transformers 4 和 tensorflow 转换：python -c "from transformers import BertForPreTraining as M; M.from_pretrained('.', from_tf=True).save_pretrained('.')"
models-holds-flax = 它含有 Flax 权重（{ $file }），clscope 不支持；请在此目录中用 transformers 4 和 flax 转换：python -c "from transformers import BertForPreTraining as M; M.from_pretrained('.', from_flax=True).save_pretrained('.')"
models-holds-converted = 它含有 { $file }，是为其他程序转换的权重，clscope 不支持；请打开转换之前的检查点（model.safetensors 或 pytorch_model.bin）
models-holds-renamed = 它含有 { $file }，而权重文件应名为 { $name }；如果它就是权重，请改名
models-holds-older-config = 它含有 { $file }，但没有 config.json；请复制一份并改成这个名字
models-holds-tokenizer = 它含有 { $file }，但没有 tokenizer.json；请在此目录中生成一次：python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('.').save_pretrained('.')"（SentencePiece 文件还需要：pip install sentencepiece protobuf）
models-holds-folder = 检查点在它的子目录 { $folder } 中；请打开该子目录
models-holds-folders = 它含有 { $count } 个检查点，各在自己的子目录中：{ $folders }；请打开其中一个
models-no-weights = { $path } 中没有权重；模型目录要有 model.safetensors 或 pytorch_model.bin，可以是整个文件，也可以是带索引的分片

# 至多 9 格。
models-place-embedded = 内置
models-place-cached = 已缓存
models-place-directory = 目录
models-place-download = 需下载

models-embedded-note = { $name }，内置于程序：小而快，为比较句子而训练
models-embedded-languages = 英语

## 下载进度（src/models/progress.rs）

progress-here = { $done } / { $total } · { $percent }%
progress-rate = { $rate }/s · { $left }
progress-waiting = 等待数据
progress-seconds-left = 还需 { $seconds } 秒
progress-minutes-left = 还需 { $minutes } 分 { $seconds } 秒
progress-hours-left = 还需 { $hours } 小时 { $minutes } 分

## Hub（src/models/hub/）。错误前面是模型或文件的名字和冒号。

hub-no-cache = 找不到用户主目录，无法存放模型缓存；请设置 HF_HOME
hub-endpoint = HF_ENDPOINT 是 { $value }；应是 https://huggingface.co 或某个镜像的地址
hub-token = Hub 令牌（HF_TOKEN，或 hf auth login 写出的文件）含有令牌中不会出现的字符；请重新登录
hub-offline = 它不在缓存中，而 clscope 处于离线状态；请联网取一次（clscope models fetch），或去掉 --offline 和 HF_HUB_OFFLINE
hub-partial = 缓存中只有一部分（缺 { $missing }），而 clscope 处于离线状态；请联网取来其余部分（clscope models fetch）
hub-unreachable = 无法连接 { $endpoint }（{ $reason }）；请检查网络，或把 HF_ENDPOINT 设为镜像地址
hub-authorities = { $variable } 指向 { $path }，从中读不出证书（{ $reason }）；请指定 PEM 证书文件，或取消该变量
hub-authorities-none = 其中没有证书
hub-certificate-untrusted = 本机信任的机构都没有签发 { $host } 的证书；如果有代理检查流量，请用 SSL_CERT_FILE 指定其机构的 PEM 文件
hub-certificate-untrusted-named = { $trusted } 所列机构都没有签发 { $host } 的证书；请指定也含有该机构的 PEM 文件，或取消该变量
hub-certificate = { $host } 的证书有误（{ $reason }）；请检查地址和本机时钟
hub-proxy-address = { $variable } 不是代理地址，例如 http://proxy.example:8080；请改正或取消该变量
hub-proxy = 代理 { $proxy } 无法连接 { $host }（{ $reason }）；请检查 { $variable }，或在 NO_PROXY 中列出该主机
hub-refused = Hub 拒绝提供（状态码 { $status }）：模型需申请、不公开或不存在；请检查名字，在模型页面上接受条款，并把 HF_TOKEN 设为自己的令牌
hub-not-found = Hub 上没有这个模型，或没有这个版本；请检查名字，以及 --revision（如果用了）
hub-too-many-requests = Hub 答复请求过于频繁（状态码 429）；请等几分钟，或把 HF_TOKEN 设为自己的令牌
hub-status = Hub 答复状态码 { $status }；请稍后再试，或把 HF_ENDPOINT 设为镜像地址
hub-no-such-file = 它没有 { $file }，而 transformers 格式的模型都有这个文件；请确认它是 BERT
hub-not-whole = 缺少属于 { $index } 的权重文件（.data-）；请向作者索取，或打开别的模型
hub-holds = { $contents }；取得其目录的方法：hf download { $id } --local-dir .
hub-lost = 下载 { $done }（共 { $total }）后连接中断（{ $reason }）；再运行一次即可续传
hub-silent = { $seconds } 秒没有收到数据；再运行一次即可续传，或把 HF_ENDPOINT 设为镜像地址
hub-size = { $file } 应有 { $expected } 字节，收到 { $found } 字节；请再运行一次，或把 HF_ENDPOINT 设为镜像地址
hub-checksum = { $file } 在传输中损坏：它的 SHA-256 与 Hub 给出的不一致；请重新运行，或把 HF_ENDPOINT 设为镜像
hub-locked = 另一个程序正在下载它，占用了 { $path }；请等待，或结束那个程序
hub-disk = 无法写入缓存 { $path }（{ $reason }）；请腾出空间，或把 HF_HOME 设到别处
hub-cancelled = 下载已取消；已下载的部分保留
hub-library = 下载停止（{ $reason }）；请报告这个问题
hub-thread-gone = 它的线程已经退出

hub-answer = { $endpoint } 返回的不是 Hub 的答复（{ $reason }）；请确认 HF_ENDPOINT 是 Hub
hub-answer-redirect-nowhere = 重定向没有目标
hub-answer-redirects = 重定向接连不断
hub-answer-no-header = 缺少响应头 { $name }
hub-answer-no-size = 文件没有大小
hub-answer-no-host = 地址没有主机名
hub-answer-no-range = 区间没有起止位置
hub-answer-range = 字节从 { $found } 开始，请求的是从 { $asked } 开始
hub-answer-status = 状态码 { $status }
hub-answer-cut = { $file } 在 { $bytes } 字节处中断
hub-answer-no-commit = { $commit } 不是提交
hub-answer-other-commit = { $file } 属于另一个提交
hub-answer-etag = { $file } 的 etag 是 { $etag }
hub-answer-too-large = { $file } 有 { $bytes } 字节

hub-name-two-revisions = { $name } 已写明版本，--revision { $revision } 又写了一个；请只写其一
hub-name-id = { $name } 不是 Hub 上的名字；正确的例子：google-bert/bert-base-uncased
hub-name-revision = { $revision } 不是版本；版本是分支名、标签名或提交的哈希值

hub-asking = 正在询问 { $endpoint }
hub-asking-for-file = 正在请求 { $file }
hub-waiting-for-another = 正在等待另一个程序下载它
hub-trying-again = 没有答复，正在重试
hub-complete = 已完成

## 模型认不出的内容（src/labels/unknown.rs）

labels-script = { $script ->
    [Han] 汉字
    [Hiragana] 日文假名
   *[other] { $script } 字母
}
labels-unknown-one = { $model } 把 { $tokens } 个词元中的 { $count } 个读作 { $token }
labels-unknown-some = { $model } 把 { $tokens } 个词元中的 { $count } 个读作 { $token }，分布在 { $all } 条文本中的 { $texts } 条里：{ $worst }
labels-unknown-of = { $name }（{ $tokens } 个中有 { $count } 个）
labels-unknown-share = { $tokens } 个词元中有 { $count } 个（{ $percent } %）
messages-and-more = { $first }……还有 { $more } 个
labels-and-more = { $first }，还有 { $more } 个
labels-unknown-advised = { $facts }；{ $advice }
labels-unknown-instead = 能读{ $script }的模型：--model { $instead }
labels-unknown-script = 请用 --model 换一个能读{ $script }的模型
labels-unknown-vocabulary = 请用 --model 换一个词表里有这些字符的模型
labels-indistinct = { $count } 条文本内容不同，但分出的词元相同，{ $model } 无法区分：{ $groups }

labels-unknown-in-text = { $tokens } 个词元中，有 { $count } 个是模型不认识的
labels-unknown-in-one = { $name } 的 { $tokens } 个词元中，有 { $count } 个是模型不认识的
labels-unknown-in-both = 模型不认识：A 的 { $tokens_a } 个词元中 { $count_a } 个，B 的 { $tokens_b } 个中 { $count_b } 个
labels-unknown-in-list = { $all } 个句子中有 { $count } 个含未登录词：{ $worst }
labels-same-tokens-pair = A 与 B 分出的词元相同
labels-same-tokens-list = { $count } 个句子分出的词元相同：{ $groups }

## NaN 与无穷大（src/labels/finite.rs）

labels-not-finite-embeddings = 嵌入层
labels-not-finite-layer = 第 { $layer } 层
labels-not-finite-pooler = 池化器
labels-not-finite-tensor = { $name }（{ $of } 个数中有 { $count } 个）
labels-not-finite-here = { $place }出现 NaN 或无穷大：由此算出的数都不显示
labels-not-finite-in-weights = 权重张量 { $tensors } 中就有
labels-not-finite-one = { $model }：{ $place }出现 NaN 或无穷大，其后的结果没有意义
labels-not-finite-some = { $model }：{ $all } 条文本中有 { $count } 条在{ $place }出现 NaN 或无穷大，其后的向量都略去
labels-not-finite-sound = { $facts }；权重中没有：请用 --backend 换一个后端
labels-not-finite-because = { $facts }；权重张量 { $tensors } 中就有：请换一个检查点
labels-not-finite-weights = { $model }：权重张量 { $tensors } 含有 NaN 或无穷大：请换一个检查点

## 与无关句子的余弦相比（src/labels/background.rs）

labels-background-english = 英文
labels-background-chinese = 中文
labels-background-failed = 没有与无关句子比较：{ $reason }
labels-background-set = { $language }，{ $sentences } 句
labels-no-background-unknown = 有一句超过 { $percent } % 的词元是未登录词
labels-no-background-two-scripts = 一句是{ $a }，另一句是{ $b }，没有包含这两种文字的背景句集
labels-no-background-script = 没有{ $script }的背景句集
labels-no-background-ablated = 有消融，而无关句子是不作消融读入的

labels-no-percentile-unknown = 没有百分位：未登录词超过 { $percent } %
labels-no-percentile-two-scripts = 没有百分位：{ $a }与{ $b }
labels-no-percentile-script = 没有百分位：缺少{ $script }背景句集
labels-no-percentile-ablated = 没有百分位：有消融

## 写入文件的相似度（src/export/）

export-background = { $name }，{ $count } 句
export-less-close = 每 100 个无关句对（{ $background }）中，不如它接近的有：
export-less-close-each = 每 100 个无关句对（{ $background }）中，不如它接近的有：
export-pair-less-close = 不如它接近
export-pair-centred = 中心化
export-pair-whitened = 白化
export-pair-unknown = 其中一句有 { $share } % 的词元是未登录词
export-pair-background = 不如它接近：每 100 个无关句对（{ $background }）中有多少对。
export-pair-centring = 中心化：减去无关句子的均值。
export-pair-whitening = 白化：保留的各方向方差相等，方向数 { $directions }。
export-centred = 中心化之后：余弦，以及不如它接近的有：
export-whitened = 在保留的各方向上白化之后：余弦，以及不如它接近的有：
export-no-whitening = 没有白化：背景句集太小，或其中的向量全都相同。
export-less-close-title = 不如它接近的无关句对有多少，{ $model }
export-centred-title = 中心化之后，{ $model }
export-whitened-title = 在保留的各方向上白化之后，{ $model }

## 设置、按键与颜色（src/config/）。前面多有 文件:行: 和条目名。

config-unreadable = 无法读取 { $file }：{ $reason }；`clscope config --print` 可打印一份作为起点
config-not-text = 它不是 UTF-8 文本
config-too-large = { $file } 大于 1 MiB；请确认它是配置文件
config-duplicate-key = 键 { $key } 重复
config-expected = 应是{ $expected }；现在是：{ $found }
config-expected-only = 应是{ $expected }
config-missing = 缺少 { $name }；请写 { $name } = ...
config-unknown-entry = 没有条目 { $name }；可用的有：{ $choices }
config-unknown-word = 不能写 { $name }；可选：{ $choices }
config-number-too-large = 数太大
config-kind-text = 引号中的文字 "..."
config-kind-boolean = true 或 false
config-kind-number = 数，如 0.5
config-kind-from-one = 从 1 开始的整数
config-kind-from-zero = 从 0 开始的整数
config-kind-two = 两项的列表 [..., ...]
config-kind-list = 列表 [...]
config-kind-table = 表 {"{"} 名称 = ... {"}"}
config-found-list = 列表
config-found-table = 表
config-found-text = 文字
config-syntax-deep = 括号嵌套过深
config-syntax-brackets = 此处或前面的括号或逗号有误；列表写作 [1, 2]，表写作 {"{"} a = 1, b = 2 {"}"}，标题写作 [name] 或 [[name]]
config-syntax-number = 既不是数，也不是 TOML 认得的词；数写作 3、0.5 或 1e-3，文字写在引号中 "..."
config-syntax-text = 文字写在一行内的引号中 "..."，多行文字写在三个引号之间，其中的 \ 写作 \\
config-syntax-entry = 一行一个条目：名称 = 值；文字写在引号中 "..."
config-no-table = { $name } 应是一个表
config-unknown-option = 没有选项 { $name }；可用的有：{ $choices }
config-unknown-style = 没有样式 { $name }；可用的有：{ $choices }
config-unknown-choice = { $option } 不能是 { $found }；可选：{ $choices }
config-figure = width 应在 20 到 2000 毫米之间，font_size 应在 4 到 72 磅之间
config-debounce = 应是 0 到 2000 之间的整数，单位毫秒
config-example = 例子应写作 "文本" 或 {"{"} text = "...", pair = "...", question = "...", language = "zh" {"}"}

config-context-no-table = [keymap.{ $context }] 应是一个表，形如 命令 = ["键", ...]
config-unknown-context = [keymap] 中没有 { $name }；可用的有：{ $choices }
config-unknown-action = [keymap.{ $context }] 中没有命令 { $name }；可用的有：{ $choices }
config-no-list-of-keys = { $action } 应是按键列表，如 ["q", "ctrl-c"]，或 []
config-unknown-key = 没有按键 { $key }；例如：q、ctrl-c、f1、shift-tab
config-keymap-header =
    # 按键，每处一个表：命令 = ["键", "另一个键"]。
    # 一个条目会取代该处此命令的全部按键；空列表表示没有按键。
    # 按键可以是一个字符（"q"、"?"、"G"），一个名字（left、right、up、down、home、end、pageup、pagedown、tab、enter、
    # esc、space、backspace、delete、insert、f1 到 f24），也可以在前面加 ctrl-、alt- 或 shift-。
    # 同一处一个键只能有一个意义。某处没有的键，再到 [keymap.global] 中查找。
    # 在分层的视图中，按数字键跳到该层；第 10 层及以后按两个数字。
config-keymap-text = 这里只有这些按键有效；其他按键都是文字。
config-key-twice = [keymap.{ $context }] 中按键 { $key } 同时表示 { $action } 和 { $other }；请给其中一个换别的键

config-unknown-colour = 没有颜色 { $colour }；请写 "#rrggbb"、"default"、"0" 到 "255"，或 "light-blue" 之类的名字
config-style = 形如 {"{"} fg = "#rrggbb", bold = true {"}"} 的样式
config-scale = 一个表 {"{"} stops = [...], ladder = [...] {"}"}
config-scale-stops = stops 应是 "#3868a2" 这样的颜色：其他颜色之间没有过渡
config-scale-one-stop = 色阶至少要两个 stops；不要颜色就一个也不写

## 会话文件（src/session/）。前面多有 文件:行: 和条目名。

session-age-now = 刚才
session-age-minutes = { $count } 分钟前
session-age-hours = { $count } 小时前
session-age-days = { $count } 天前
session-none-kept = 没有上次的会话：clscope 在有文本时退出才会保存
session-unreadable = 无法读取 { $file }：{ $reason }；会话文件由界面保存，也可以只写一行 text = "..."
session-not-text = 它不是 UTF-8 文本
session-too-large = { $file } 大于 16 MiB；请确认它是会话文件
session-unwritable = 无法写入 { $file }：{ $reason }
session-version = 会话格式版本为 { $number }；这个 clscope 只读版本 { $known }
session-only-lesson = 只有课程，没有会话（缺少 text = "..."）；请用 clscope lesson { $file } 打开
session-from-one = 应是从 1 开始的整数
session-heads = 应是头的编号，从 1 到 { $most }
session-head = 应是从 1 开始的头的编号、"mean" 或 "max"
session-cut-head = 请写 层.头，如 "3.5"，都从 1 开始，不要写 { $found }
session-blind-token = 只关注自身的词元要么写 bytes = [起, 止]，即它在句中的位置，要么写 id
session-cut-token = 消融的词元要么写 bytes = [起, 止]，即它在句中的位置，要么写 id

session-header =
    # clscope 的会话：退出时的状态。从这里继续：
    #
    #     clscope open FILE
    #
    # 只有 text 是必需的；没写的都与刚打开时相同。写错的词会得到提示，列出
    # 正确的词。层和头与屏幕上一样从 1 数起；词元与命令行上一样从 0（[CLS]）数起。

## 探针文件（src/probe/）

probe-unreadable = 无法读取探针 { $file }：{ $reason }；请写 clscope probe train 生成的文件，或 feeling、topic
probe-too-large = { $file } 太大，不是探针；请写 clscope probe train 生成的文件
probe-not-text = 不是文本
probe-invalid = { $file } 不是探针：{ $reason }；请用 clscope probe train 重新训练
probe-version = { $file } 是版本 { $number } 的探针，此 clscope 只读版本 { $known }；请更新 clscope，或重新训练探针
probe-layer = { $pooling } 没有这一层的向量；它的模型有 { $layers } 层
probe-labels = 至少需要两个互不相同的标签
probe-coefficients = 系数应为 { $scores } 行有限数，对应 { $size } 个数的向量
probe-sample = 样本中有不是有限数的值
probe-form = 第 { $line } 行第 { $column } 列不是探针的 JSON
probe-accuracy = 交叉验证的数值不可能成立

## 文件与剪贴板（src/explorer.rs、src/explorer/）

explorer-copied = 已送到终端剪贴板：{ $text }
explorer-copied-of = 已送到终端剪贴板：{ $text }，{ $of }
explorer-copied-lines = 已送到终端剪贴板：{ $lines } 行
explorer-copy-too-long = { $bytes } 字节超出终端剪贴板的容量；请导出到文件
explorer-nothing-to-save = 没有可保存的内容：还没有输入句子
explorer-saved = 已保存：用 clscope open { $file } 从这里继续
explorer-restored = 已恢复{ $age }的会话
explorer-restored-of = 已恢复{ $age }的会话，第 { $number } 个，共 { $all } 个；再按一次：更早的一个
explorer-written = 已写入：{ $file }
explorer-not-written = 无法写入 { $file }：{ $reason }；请在有写权限的目录中启动 clscope
explorer-names-taken = 已有 { $count } 个同名文件
explorer-no-table = 这个视图还没有表格

## 命令行（src/cli/）。多在 "clscope:" 之后；以 cli-value 开头的在选项及其值之后。

cli-cannot-write = 无法写入 { $file }：{ $reason }
cli-output-dash = 不写 --output 时结果写入标准输出；名为 - 的文件请写作 ./-
cli-output-is-input = 这个命令要读取 { $file }，写入会使它丢失；请用 --output 指定其他文件
cli-output-in-input = { $file } 属于要读取的 { $directory }，写入会使它丢失；请用 --output 指定其他文件
cli-cannot-write-output = 无法写入标准输出：{ $reason }
terminal-too-large = 窗口的单元格多得不像一个窗口；请缩小窗口
cli-cannot-read-answer = 无法读取标准输入：{ $reason }；答案应是 UTF-8 文本，每行一个
cli-terminal-failed = 终端出错：{ $reason }
cli-file-empty = { $file } 是空的，或只有表头；请每行写一个句子
cli-tables-written = { $count } 个表格已写入 { $files }
cli-several-tables = { $format } 在标准输出中只存一个表格，而这里有 { $count } 个：{ $tables }；请用 --table N 选一个，或用 --output FILE 各写入一个文件
cli-several-tables-of = { $format } 在标准输出中只存一个表格，而 { $option } 会得出多个；请用 --table N 选一个，或用 --output FILE 各写入一个文件
cli-no-table = 没有第 { $table } 个表格；共 { $count } 个可选：{ $tables }
cli-extension = { $file } 的后缀是 .{ $extension }，--format 却是 { $format }；请改文件名，或不写 --format
cli-extension-unknown = { $file } 的后缀是 .{ $extension }，这条命令不写这种格式；可用的有：{ $formats }
cli-extension-foreign = { $file } 的后缀是 .{ $extension }，不是这条命令的任何格式；请用 { $formats } 之一，或用 --format 指明
cli-no-figure = --figure-width 和 --font-size 只用于插图；请写 --format svg 或 pdf，而不是 { $format }
cli-binary-on-terminal = { $format } 是二进制格式；请写入文件或送入管道

cli-restore-before-command = --restore 用来打开界面，不能与命令一起用
cli-text-before-command = 命令前面的文本不属于任何命令；请写在命令后面
cli-file-before-command = 命令前面的 --file 及其选项是给界面用的；请写在命令后面
cli-file-options-alone = 关于列和行的选项说明怎样读文件；请用 --file 指定文件
cli-pair-alone = --pair 之前要有第一个句子：clscope TEXT --pair TEXT
cli-no-config-file = 找不到用户主目录，因此没有配置文件；请用 --config 指定
cli-no-terminal = 界面需要终端；在管道中请用 clscope trace、attention、similarity、evaluate 或 screenshot
cli-sessions = 已保存的会话
cli-sessions-open = 打开：clscope open { $file }
cli-sessions-list = { $count } 个句子：{ $first }
cli-man-unknown = 没有命令 { $name }；可用的命令：{ $choices }
cli-version =
    { $version }
    计算后端：{ $backends }
    编译特性：{ $features }
cli-version-none = 无
cli-session-not-kept = 会话没有保存：{ $reason }
cli-keys = --keys：{ $reason }

cli-value-number = 请写从 1 开始的数
cli-value-layer = 请写从 1 开始的数，或 all
cli-value-head = 请写从 1 开始的数、mean 或 max
cli-value-heads = 请写从 1 开始的数、mean、max 或 all
cli-value-vector-layer = 请写从 0（嵌入层）到最后一层的数，或 all
cli-mixing-background = 没有可用来检验的背景句集“{ $name }”；请写 en、zh 或每行一句的文件
cli-mixing-not-finite = { $total } 个句子中有 { $count } 个含 NaN 或无穷大，不计入均值
cli-mixing-token = 没有词元 { $token }；输入的词元从 0 到 { $last }
cli-mixing-no-pooler = 模型没有 pooler，因此没有 pooled 向量；请选择 cls 或 mean
cli-meter-mixing = 混合
cli-meter-mixing-means = 均值向量
cli-value-mixing-token = 请写一个词元（从 0 开始），或 cls、mean、pooled
cli-value-background = 没有这个文件，名称只有 auto、en、zh、none 和 list
cli-value-blind = 请写一个词元（从 0 开始），可加上它不得关注的词元和层（从 1 开始）：0、0@6、0@1-5 或 0:2,3@1-5
cli-value-ablated-head = 请写 层.头，如 3.5，或只写层，都从 1 开始
cli-value-finite = 请写一个数，如 0.8，不能是 NaN 或无穷大
cli-value-size = 请写成 120x36 的样子，两个数都在 1 到 { $most } 之间

cli-model-remark = { $model }：{ $remark }

cli-truncated = { $name } 有 { $tokens } 个词元；模型读入 { $limit } 个，其余截断
cli-truncated-many = { $count } 条文本超过模型读入的 { $limit } 个词元；其余截断（最长的是 { $name }，{ $tokens } 个词元）
cli-declared-truncated = declared 按模型训练时的方式读入 { $limit } 个词元：{ $count } 条文本在此截断（最长的是 { $name }，{ $tokens } 个词元）
cli-beyond-declared = 模型按 { $limit } 个词元训练：{ $count } 条文本更长，超出部分也照样读入（最长的是 { $name }，{ $tokens } 个词元）；--pooling declared 会在此截断

cli-no-declared = 模型没有 "declared" 向量：{ $reason }；请用 mean 或 cls
cli-declared-missing = { $model } 没有 "declared" 向量：{ $reason }
cli-declared-by-product = 这个模型训练时采用的句向量是 declared（{ $steps }）；{ $count ->
   *[other] { $poolings } 只是附带的结果
}
cli-declared-pooling-alone = 这个模型训练时采用的句向量是 declared（{ $steps }）；{ $pooling } 只是其中的池化一步
cli-declared-metric = { $model } 声明其向量以 { $declared } 比较；此处显示的是 { $shown }（--metric { $declared } 采用声明的方式）
cli-declared-metric-only = { $model } 声明其向量以 { $declared } 比较；此处显示的是 { $shown }
cli-check-not-declared = 没有：{ $reason }
cli-check-title = { $model } 的文件声明的内容
cli-check-steps = { $steps }；向量 { $dimension } 维
cli-check-prompt = 提示词 { $name } 是 { $text }；除非指定，否则不会加上
cli-check-default-prompt = 提示词 { $name }（{ $text }）加在每条文本前面：不了解提示词的程序会得到不同的向量
cli-check-similarity = 它的向量应以 { $similarity } 比较
cli-check-cross-encoder = CrossEncoder：为句对评分（对 logit 取 { $activation }），由 predict 给出；不生成句子向量
cli-check-no-texts = { $file } 只有向量，没有文本；请用 --file 指定文本文件，每行一条，顺序相同
cli-check-lengths = 有 { $texts } 条文本和 { $vectors } 个向量；请给每个向量一条文本
cli-check-size = 这些向量的维数超过这个模型能产生的任何向量；它们来自另一个模型
cli-check-vectors-title = 这些向量是用哪种方式得到的（比较了 { $texts } 条文本，最长 { $longest } 个词元）
cli-check-limit = 在 { $limit } 个词元处截断
cli-check-no-limit = 没有截断（没有文本超过模型读入的 { $most } 个词元）
cli-check-making = { $making }；{ $limit }；没有提示词
cli-check-making-prompt = { $making }；{ $limit }；每条文本前加 { $prompt }
cli-check-none = 这个模型用任何方式都得不到这些向量；最接近的是 { $nearest }，平均余弦 { $cosine }：它们来自另一个模型、另一版本，或另一些文本
cli-check-declared = 与模型训练时采用的方式一致：{ $making }
cli-check-made = 得到的方式是 { $making }；这不是模型声明的方式
cli-check-declared-or = 与模型训练时采用的方式一致：{ $making }；仅凭这些文本，无法与另外 { $others } 种方式区分
cli-check-made-or = 得到的方式是 { $making }，这不是模型声明的方式；仅凭这些文本，无法与另外 { $others } 种方式区分
cli-progress-check = { $done } / { $total } 种方式
cli-pooled-training = pooled：{ $training }
cli-evaluate-normalized = 长度归一，按模型的 modules.json
cli-prompt-alone = --prompt 只对 "declared" 加在文本前面；请加上 --pooling declared，或不写 --prompt
cli-prompt-named = 模型的提示词 { $name } 会为 declared 加在每条文本前面：{ $text }
cli-prompt-empty = 模型的提示词 { $name } 是空的：declared 读入的文本前不加提示词
cli-prompt-default = declared 在每条文本前加模型的默认提示词 { $name }：{ $text }（--prompt "" 可去掉）
cli-prompt-text = { $text } 会为 declared 加在每条文本前面
cli-prompt-text-of-names = { $text } 不是提示词的名字（模型有 { $names }）；它本身会为 declared 加在每条文本前面

cli-truncated-input = 输入有 { $tokens } 个词元；模型读入 { $limit } 个，其余截断
cli-truncated-baseline = 基准有 { $tokens } 个词元；模型读入 { $limit } 个，其余截断
cli-beyond-declared-input = 模型按 { $limit } 个词元训练，而输入连同提示词有 { $tokens } 个：declared 在此截断，注意力和隐藏状态则不截断
cli-beyond-declared-baseline = 模型按 { $limit } 个词元训练，而基准连同提示词有 { $tokens } 个：declared 在此截断，注意力和隐藏状态则不截断

cli-text-sentence = 句子 { $sentence }
cli-text-of-model = { $model }，句子 { $sentence }
cli-text-query = 查询句
cli-text-a = 第一个句子
cli-text-b = --pair 的句子

cli-no-layer = 没有第 { $layer } 层；此输入和模型有第 1 到 { $last } 层
cli-no-head = 没有头 { $head }；此输入和模型有头 1 到 { $last }
cli-no-token = 没有词元 { $token }；此输入和模型有词元 0 到 { $last }
cli-no-vector-layer = 没有第 { $layer } 层；这个模型有第 0 层（嵌入层）到第 { $last } 层
cli-baseline-no-layer = 基准没有第 { $layer } 层；其模型有第 1 到 { $last } 层：请用 --against-layer 从中选择
cli-baseline-no-head = 基准没有头 { $head }；其模型有头 1 到 { $last }：请用 { $option } 从中选择
cli-no-masked-language = 此模型没有掩码语言模型头；请打开有的，如 google-bert/bert-base-uncased
cli-predict-no-head = 此模型没有输出头；请用 --probe 写出探针（内置模型有 feeling 和 topic），或打开带输出头的模型，例如 --model nlptown/bert-base-multilingual-uncased-sentiment
cli-predict-other-heads = 使用{ $head }；模型还有 { $others }（{ $option }）
cli-predict-no-such-head = 此模型没有头 { $name }；它有 { $heads }
cli-predict-no-mask = 掩码语言模型头预测 { $mask } 处的词，而文本中没有；请在其中写 { $mask }
cli-predict-no-mask-rows = { $count } 个文本没有 { $mask }，得不到词
cli-predict-no-pair = 问答头在第二个文本中找问题的答案；请用 --pair 给出，文件则用第二个 --text-column
cli-predict-no-pair-rows = { $count } 个问题没有第二个文本，得不到答案
cli-predict-one-pair = 只有多项选择头读多个 --pair；请只给一个
cli-predict-resume-format = --resume 只能接着写 jsonl，每行一段文本；请写到以 .jsonl 结尾的文件
cli-predict-resume-no-file = { $file } 不是文件，没有上次运行留下的内容；请用 --output 指定文件
cli-predict-resume-file = --resume 接着处理一个文本文件；请用 --file 写出它
cli-predict-resume-other = { $file } 第 { $line } 行是别的文本；请写到别的文件，或去掉 --resume 重新开始
cli-predict-resume-model = { $file } 第 { $line } 行不是由此模型、头与探针得出的；请写到别的文件，或去掉 --resume 重新开始
cli-predict-resume-more = { $file } 的行数多于文本；请写到别的文件，或去掉 --resume 重新开始
cli-predict-resume-unreadable = 无法读取上次运行留在 { $file } 中的结果：{ $reason }；请写到别的文件，或去掉 --resume 重新开始
cli-predict-resumed = 已有 { $count } 段文本的结果
cli-probe-before-command = --probe 只能写在 clscope 之后，或 predict、screenshot 之后：clscope predict --probe FILE
cli-probe-no-layer = { $pooling } 只有最后一层才有；请去掉 --layer { $layer }
cli-probe-one-label = { $file } 只有一个标签；探针用来区分两个或更多标签
cli-predict-done = { $done } 个文本
cli-no-pooler = 这个检查点没有池化器，因此没有 "pooled"；请用 cls 或 mean
cli-pooling-last-layer = { $pooling } 只有最后一层才有；请不要写 --layer
cli-explain-two = --explain 比较两个句子；请写两个
cli-explain-alone = --explain 不能与 { $option } 一起用；请去掉其中一个
cli-explain-pooling = { $pooling } 不是对词元求和；--explain 接受 --pooling { $poolings }
cli-explain-cosines = A 与 B 的余弦，以及组成它的各项之和
cli-explain-scores = 后期交互：文本各词元与其最近词元的余弦，总和与平均
cli-top-alone = --top 要与 --query 或 --explain 一起用；请写其中一个
cli-value-token = 请写词元的编号，或文本中的一个词
cli-word-ambiguous = “{ $word }”出现不止一次：请写其中一个编号 { $tokens }
cli-word-in-pieces = “{ $word }”被拆成几个词元：请写其中一个编号 { $tokens }，或用 --units words 按词计
cli-no-word = 没有词元写作“{ $word }”；clscope trace 列出全部词元
cli-heads-no-target = --view heads 用 --from 时还需要它所关注的词元；请写 --to 或 --mark
cli-view-one-direction = --view layers 只显示一个词元：请去掉 --from 或 --to，或用 --view heads 看联系两者的头
cli-sweep-no-cell = --order cell 需要 --to，即被关注的词元
cli-sweep-no-token = --order token 需要 --from，且不能是 [CLS]
cli-sweep-nothing-left = 有 { $count } 个词没有数值：去掉它，就有词元没有可关注的词元

cli-view-layers-unused = --view layers 显示一个词元的注意力；请不要写 { $options }
cli-view-heads-unused = --view heads 度量每个头，针对所有词元，按词元计；请不要写 { $options }
cli-view-matrix-unused = --view matrix 显示所有词元；请不要写 { $options }
cli-view-compare-unused = --view compare 对比两次读入；请不要写 { $options }
cli-view-sweep-unused = --view sweep 逐个消融头或词；请不要写 { $options }
cli-page-on-terminal = --view all 是几兆字节的网页；请写入文件：--output page.html
cli-view-all-unused = --view all 是可以任意选择的网页；请不要写 { $options }
cli-view-all-layer = --view all 含所有层，从一层开始；--layer 请写编号
cli-view-all-head = --view all 从一种头的选法开始；--head 请写编号、mean 或 max
cli-view-all-format = --view all 是网页：请不要写 --format，或写 --format html
cli-view-output-unused = --view output 解释一个 logit；请去掉 { $options }
cli-logit = { $label }（{ $head }）
cli-logit-at = 词元 { $token } 处的 { $label }（{ $head }）
cli-logit-word = 词表中 { $word } 写作 { $spelt }
cli-logit-chosen = 取 { $name } 的 logit；用 --label 选别的
cli-output-no-vector = 探针 { $probe } 读取向量 { $vector }，它按自己的提示词和上限另行读取，不属于这次前向计算；请用读取别的向量的探针
cli-output-whole-text = { $name } 由整个文本得出；请去掉 --from
cli-output-no-token = 头 { $head } 读取每个词元；请用 --from 指明是哪一个
cli-output-no-label = 没有标签 { $label }；请写其中之一：{ $labels }
cli-output-no-word = 词表里没有词 { $word }；clscope trace 显示词表的写法
cli-output-no-number = 头 { $head } 在此给出的数不是有限数，或没有给出
cli-view-heads-head = --view heads 度量每个头；--head 请写编号或 all
cli-view-compare-head = --view compare 只显示一种头的选择；--head 请写编号、mean 或 max
cli-view-compare-layer = --view compare 只显示一层；--layer 请写编号
cli-nothing-to-compare = 没有可对比的内容：请用 --against-text、--against-pair、--against-model、--against-layer 或 --against-head 指定基准，或用 --cut、--hide-token、--mask-token 指定消融
cli-among-alone = --among 说明 mean 和 max 在哪些头上取，而这里两者都不显示；请写 --head mean 或 --head max，或不写 --among
cli-among-most = 只能选定一层中前 { $most } 个头；请从 --among 中去掉头 { $head }
cli-mark-hidden = 词元 { $token } 属于被隐藏的特殊词元，无法标记；请从 --mark 中去掉，或写 --specials show
cli-measure-no-heads = { $measure } 不分头：显示的是整层，--head 不起作用
cli-measure-rollout = rollout 假定每层中每个词元都有一半留在原处，不管模型怎样算：它的数值几乎不能说明贡献（见 docs/measures.md）
cli-ablation-of-all = 单独读入的一句所有词元都被屏蔽，因此消融的影响略去
cli-sweep-no-pooler = 这个检查点没有池化器，无法按 "pooled" 排序；请用 cls、mean 或 standing

cli-title-of-layer-and-heads = { $title }，第 { $layer } 层，{ $heads }
cli-title-of-layer = { $title }，第 { $layer } 层
cli-title-of-heads = { $title }，{ $heads }

cli-similarity-of-one = similarity 需要两个句子：clscope similarity TEXT TEXT，或用 --file 给出至少两行
cli-similarity-too-many = { $file } 超过 { $most } 行，会得到 { $pairs } 对，已是两两比较的上限；请用 --query，或减少行数
cli-similarity-matrix = { $count } 条文本得到 { $pairs } 对；--format { $format } 要一次装下全部，最多 { $most } 条文本；请用 --format tsv 或 json、--closest、--query，或减少文本
cli-similarity-background = { $count } 条文本得到 { $pairs } 对；--background 要一次比较全部，最多 { $most } 条文本；请不写 --background，或用 --closest、--query，或减少文本
cli-similarity-clusters = { $count } 条文本得到 { $pairs } 对；--clusters 要一次比较全部，最多 { $most } 条文本；请取一部分文本，或用可以处理更长列表的 --closest
cli-threshold-cosine = 余弦在 -1 和 1 之间；请把 --threshold 写在此范围内，或换一个 --metric
cli-embed-npz-too-many = { $file } 超过 { $most } 行，已是一个压缩包的上限；请用 --format jsonl 或 parquet，它们边算边写
cli-closest-clusters = --clusters 列出句子，--closest 和 --threshold 列出句对；请去掉一方
cli-closest-alone = --closest、--threshold 和 --clusters 用一个模型比较列表中的句子；请不要写 --query 和 --against-model
cli-clusters-metric = --clusters 按余弦聚类；请不要写 --metric
cli-clusters-background = --clusters 不计算百分位；请不要写 --background
cli-clusters-count = 按 1 − 余弦 作平均连接聚类，分成 { $count } 类
cli-clusters-cosine = 按 1 − 余弦 作平均连接聚类，平均余弦高于 { $cosine } 时合并
cli-value-clusters = 请写从 2 开始的类数，或小于 1 的余弦，如 0.8
cli-list-beyond = 在 { $vectors } 下，所有 { $pairs } 对都超出背景句集 { $background } 中 95 % 的无关句对：这个列表的主题单一；要在列表内部比较，请用 --background list
cli-file-too-many = { $file } 超过 { $most } 行，已是一次读入的上限；请抽取一部分行
cli-query-too-many = { $file } 超过 { $most } 行，已是 --query 查找的上限；请减少行数
cli-threshold-distance = 距离以负数表示，0 最接近；--threshold 请写 0 或更小的数
cli-query-empty = --query 没有文本；请写要查找的内容
cli-query-alone = --query 需要可供查找的句子：写出文本，或用 --file 每行一句
cli-background-query = --background 比较的是句对；请去掉它或 --query
cli-background-metric = --background 说明一个余弦有多不寻常；请去掉它或 --metric
cli-background-few = { $name } 的 { $sentences } 个句子只有 { $pairs } 对，分不出百分之一；请用 15 个以上的句子
cli-background-truncated = 背景句集中有 { $count } 个句子超过模型的上限，已截断
cli-no-percentile = { $count } 对没有百分位（{ $pairs }）：{ $reason }
cli-no-percentile-choose = { $count } 对没有百分位（{ $pairs }）：{ $reason }；可用 --background FILE 与自己的句子比较
cli-embed-blank = { $rows } 行中有 { $count } 行没有文本，其向量为空
cli-embed-nothing = embed 需要一个句子：clscope embed TEXT，或用 --file 每行一句
cli-embed-npz-ids = npz 只存数；用 --id-column 时请选 --format jsonl 或 parquet
cli-vectors-not-kept = 向量没有留到下次使用：{ $reason }；--no-cache 可不保留
cli-models-not-cached = { $model } 不在缓存中；clscope models fetch { $model } 可下载
cli-models-no-fetch = { $name } 已在本机；只有 Hub 上的模型才能取
cli-models-cached = { $model } 在缓存中
cli-models-cached-offline = { $model } 在缓存中；因为离线，没有检查更新

cli-folds-task = --folds 只用于 --task classify
cli-bootstrap-task = --bootstrap 只用于 --task similarity；请不要写
cli-dataset-skipped = { $file } 的{ $place }被跳过：{ $reason }
cli-dataset-skipped-more = …… 另有 { $count } 行被跳过
cli-dataset-no-vector = { $file } 的{ $place }没有向量：{ $reason }
cli-dataset-no-vector-more = …… 另有 { $count } 行没有向量
cli-dataset-blank = { $file }：{ $count ->
   *[other] 略去{ $lines }
}
cli-evaluate-one-pair = { $file } 只有一个句对；计算相关至少要两个
cli-evaluate-few-pairs = { $count } 个句对太少，相关系数不可靠；请给出至少 { $enough } 个
cli-evaluate-rare-label = { $file } 中标签 { $label } 只有 { $count } 个，少于 { $folds } 折；请补充，或用 --folds { $count }
cli-evaluate-single-label = { $file } 中标签 { $label } 只有 { $count } 个，少于 { $folds } 折；请补充
cli-metric-task = --metric 和 --positive-from 用于句对相似度；请去掉它们或 --task classify
cli-against-task = --against-model 比较句对相似度；请去掉它或 --task classify
cli-rows-shard = --shard 把各行分给多台机器，而这里输出的是所有行合起来的结果；请加上 --rows，逐行写出数值
cli-rows-file = --rows 逐行写出文件中各句的数值；请用 --file 指定文件
cli-rows-format = { $format } 用于逐行的数值；请加上 --rows，或换一种格式
cli-rows-task = --rows 和 --shard 用于句对：分类器要从全部句子学习；请用 clscope embed --shard 分批写出向量，这里去掉 --rows 和 --shard
cli-evaluate-row = { $pooling }，第 { $layer } 层，{ $metric }
cli-evaluate-row-of-model = { $model }，{ $pooling }，第 { $layer } 层，{ $metric }
cli-evaluate-best = { $name }
cli-evaluate-best-beyond = { $name }；其他各行都低于它，且差异超出偶然
cli-evaluate-best-chance = { $name }；另有 { $count } 行与它的差异未超出偶然
cli-evaluate-verdict-best = 最好
cli-evaluate-verdict-chance = 差异未超出偶然
cli-evaluate-verdict-lower = 较低
cli-evaluate-thresholds-title = 阈值：F1 最大时，以及精确率为 95 % 时（附召回率）
cli-evaluate-no-threshold = 没有；分数有 { $count } 种取值：请用 --positive-from 给出相关句对的最低分
cli-evaluate-positive = { $all } 个句对中有 { $count } 个相关，从分数 { $score } 算起
cli-evaluate-pairs-title = 接近程度与 { $pairs } 个句对的分数有多一致
cli-evaluate-pairs-title-resampled = 接近程度与 { $pairs } 个句对的分数有多一致，附 { $resamples } 次重采样的 95 % 置信区间
cli-evaluate-labels-title = 逻辑回归的准确率：{ $count } 个句子，{ $labels } 个标签，{ $folds } 折，附 95 % 置信区间

cli-meter-sweep = 逐个消融
cli-meter-regression = 逻辑回归
cli-meter-pairs = 最接近的句对
cli-meter-background = { $model }，背景句集
cli-progress-sentences = { $done } / { $total } 句
cli-progress-sentences-pace = { $done } / { $total } 句 · { $percent }% · { $rate }/s · { $left }
cli-progress-pairs = { $vector }，{ $total } 对中的 { $percent }%
cli-progress-steps = { $done } / { $total } 步
progress-heads = { $done } / { $total } 个头
progress-words = { $done } / { $total } 个词
cli-progress-regression = { $vector }，{ $done } / { $total }

## 注意力、头、池化与对比的名称（src/labels/）

labels-heads-mean = 各头平均
labels-heads-max = 各头最大
labels-head = 头 { $head }
labels-heads-together = 各头合计
labels-heads-together-of =
    { $count ->
       *[other] 头 { $heads } 合计
    }
labels-heads-together-count = { $count } 个头合计
labels-heads-mean-of =
    { $count ->
       *[other] 头 { $heads } 的平均
    }
labels-heads-max-of =
    { $count ->
       *[other] 头 { $heads } 的最大
    }
labels-head-of = 头 { $head }（共 { $count } 个）
labels-heads-mean-count = { $count } 个头的平均
labels-heads-max-count = { $count } 个头的最大
labels-looks-at = { $token } 关注 …
labels-looked-at = … 关注 { $token }
labels-takes-from-in-short = { $token } 来自 …
labels-taken-from-in-short = … 来自 { $token }
labels-takes-from = { $token } 来自 …（{ $measure }）
labels-taken-from = … 来自 { $token }（{ $measure }）
labels-matrix-looks-at = 谁关注谁，第 { $layer } 层，{ $heads }
labels-matrix-takes-from = 谁来自谁（{ $measure }），第 { $layer } 层，{ $heads }
labels-in-words = 按词
labels-no-specials = 不含特殊词元
labels-no-specials-rest = 不含特殊词元，其余按 100 % 计
labels-place = 第 { $layer } 层，{ $heads }
labels-side = { $model }，{ $place }：{ $text }
labels-side-uncut = { $model }，{ $place }，无消融：{ $text }
labels-comparison-row = { $who }：基准、当前与两者之差
labels-looks-at-baseline = 谁关注谁，基准
labels-looks-at-shown = 谁关注谁，当前
labels-looks-at-difference = 谁关注谁，差
labels-takes-from-baseline = 谁来自谁（{ $measure }），基准
labels-takes-from-shown = 谁来自谁（{ $measure }），当前
labels-takes-from-difference = 谁来自谁（{ $measure }），差
labels-terms-words = A 的每个词与 B 的每个词对余弦的贡献，{ $pooling }
labels-terms-pieces = A 的每个词元与 B 的每个词元对余弦的贡献，{ $pooling }
labels-terms-input-words = A 的每个输入词与 B 的每个输入词对余弦的贡献，{ $pooling }
labels-terms-input-pieces = A 的每个输入词元与 B 的每个输入词元对余弦的贡献，{ $pooling }
labels-pairs = 对余弦增减最多的词对，{ $pooling }
labels-input-pairs = 对余弦增减最多的输入词对，{ $pooling }
labels-affected-token = 词元
labels-affected-cell = 单元格
labels-affected-output = logit 值
labels-logit-at = 词元 { $position } 处的 { $name }
labels-logit-probe = { $name }（{ $probe }，{ $pooling }）
labels-sweep-heads = 消融一个头后：各向量与原来的余弦，其他列为此时的值
labels-sweep-words = 屏蔽一个词后：各向量与原来的余弦，其他列为此时的值
labels-ablation-pair = 消融的影响，A 和 B 各自读入：A 与无消融的 A 的余弦，以及消融前后 A 与 B 的余弦
labels-ablation = 消融的影响：各句向量与无消融的同一向量的余弦
labels-links = 每个头中从“{ $from }”到“{ $to }”，最强的在前
labels-statistic-effective-tokens = 有效词元数
labels-statistic-to-separator = 到 [SEP]
labels-statistic-to-cls = 到 [CLS]
labels-statistic-to-itself = 到自身
labels-statistic-to-previous = 到前一个
labels-statistic-to-next = 到后一个
labels-statistic-to-other = 到另一句
labels-statistic-a-to-a = A→A
labels-statistic-a-to-b = A→B
labels-statistic-a-to-specials = A→特殊
labels-statistic-b-to-a = B→A
labels-statistic-b-to-b = B→B
labels-statistic-b-to-specials = B→特殊
labels-statistic-cls-to-a = [CLS]→A
labels-statistic-cls-to-b = [CLS]→B
labels-statistic-cls-to-specials = [CLS]→特殊
labels-statistic-to-marked = 到已标记
labels-statistic-short-to-separator = [SEP]
labels-statistic-short-to-cls = [CLS]
labels-statistic-short-to-itself = 自身
labels-statistic-short-to-previous = 前一个
labels-statistic-short-to-next = 后一个
labels-statistic-short-to-other = 另一句
labels-statistic-over-all = { $unit }，所有源词元的平均
labels-statistic-over-both = { $unit }，两句词元的平均
labels-statistic-over-a = { $unit }，A 的词元的平均
labels-statistic-over-b = { $unit }，B 的词元的平均
labels-statistic-of-cls = { $unit }，[CLS] 自己的注意力
labels-statistic-of-source = { $unit }，源词元自己的一行
labels-statistic-mean = 平均{ $unit }
labels-statistic-share = { $name }的占比（%）
labels-pattern-previous = 前一个
labels-pattern-next = 后一个
labels-pattern-itself = 自身
labels-pattern-separator = [SEP]
labels-pattern-cls = [CLS]
labels-pattern-broad = 分散
labels-pooling-declared = 模型训练时采用的句向量
labels-pooling-pooled = [CLS] 经过 BERT 的池化器：tanh(W·h + b)
labels-pooling-cls = 只用句前的词元 [CLS]
labels-pooling-mean = 所有词元的平均，含 [CLS] 和 [SEP]
labels-pooling-mean-words = 除 [CLS] 和 [SEP] 外所有词元的平均
labels-pooling-max = 每一维取各词元中的最大值
labels-pooling-first-last = 嵌入层与最后一层的平均
labels-pooling-layer1-last = 第 1 层与最后一层的平均
labels-pooling-short-declared = 训练时采用的
labels-pooling-short-pooled = [CLS] 经池化器
labels-pooling-short-cls = 只用 [CLS]
labels-pooling-short-mean = 所有词元的平均
labels-pooling-short-mean-words = 各词的平均
labels-pooling-short-max = 各词元中最大
labels-pooling-short-first-last = 嵌入层与最后一层
labels-pooling-short-layer1-last = 首层与最后一层

labels-declared-steps = { $steps }，前 { $limit } 个词元
labels-declared-steps-prompt = { $steps }，前 { $limit } 个词元，每条文本前加 { $prompt }
labels-declared-compared = { $steps }；以 { $metric } 比较
labels-declared-cls = 首个词元
labels-declared-max = 各词元最大值
labels-declared-mean = 词元平均
labels-declared-mean-sqrt = 词元之和 / √长度
labels-declared-weighted-mean = 词元加权平均，靠后的权重大
labels-declared-last = 末个词元
labels-declared-without-prompt = { $pooling }（不含提示词）
labels-declared-dense = 全连接层，输出 { $to } 维（{ $activation }）
labels-declared-dense-tokens = 每个词元经全连接层，输出 { $to } 维（{ $activation }）
labels-declared-normalized = 归一化
labels-declared-normalized-tokens = 每个词元归一化
labels-declared-layer-norm = 层归一化
labels-declared-first-numbers = 前 { $count } 维

labels-making-declared = 模型的全部模块
labels-making-normalized = { $making }，归一化
labels-making-direction = { $making }，长度不同
labels-pooler-next-sentence = 它的权重是为判断两句是否相接而训练的（检查点带有这个输出头）
labels-pooler-classifier = 它的权重是随这个检查点的分类器一起训练的
labels-pooler-not-declared = 模型训练时没有用它：权重来自更早的训练，或是随机的
labels-pooler-unknown = 检查点没有说明它的权重是怎样训练的

## 分析与任务的提示（src/analysis/、src/study/、src/jobs/）

write-one-of = 请写其中之一：{ $choices }
analysis-effective-tokens = 有效词元数
analysis-hidden = 隐藏
analysis-marked = 已标记
analysis-share-of-cosine = 占余弦
analysis-token = 词元
analysis-nearest = 最近
analysis-nearest-of-b = A 的每个词元与 B 中离它最近的词元
analysis-nearest-of-a = B 的每个词元与 A 中离它最近的词元
analysis-vector-layer = 层从 0（嵌入层）写起，如 mean@3
analysis-vector-last-layer = { $pooling } 只有最后一层才有；请不要写 @{ $layer }
analysis-background-too-small = 校准至少需要 2 个背景句子，可用的有 { $sentences } 个；请用 --background 多给一些
analysis-not-finite = 向量中有不是有限数的值
analysis-column-layer = 层
analysis-column-head = 头
analysis-column-from = 源词元
analysis-column-token = 词元
analysis-column-word = 词
analysis-column-pooling = 池化
analysis-column-dimension = 维
analysis-column-side = 一方
analysis-column-itself = 自身
analysis-column-words = 词
analysis-column-signs = 标点
analysis-column-specials = 特殊
analysis-column-biases = 偏置
analysis-column-evenness = 均匀度
analysis-column-others-evenness = 除自身
analysis-column-weight = 权重
analysis-column-taken = 取自
analysis-column-cancelling = 抵消
analysis-column-strongest = 最强词
analysis-column-claim = 说法
analysis-column-verdict = 结论
analysis-column-under = 依据
analysis-column-says = 说明
analysis-column-name = 名称
analysis-column-score = 得分
analysis-column-before = 消融前
analysis-column-change = 变化
analysis-column-cosine = 余弦
analysis-column-sum = 合计
analysis-column-direction = 方向
analysis-column-pattern = 模式
analysis-column-part = 部分
analysis-column-loss = 减少
analysis-column-vector = 向量
analysis-column-measure = 度量
analysis-column-share = 占比
analysis-column-number = 数值
analysis-column-rows-apart = 行差
analysis-column-a-to-b-before = A~B 消融前
analysis-column-a-to-b-after = A~B 消融后
analysis-column-to-mean = ~均值
analysis-column-to-input = ~输入
analysis-column-to-unrelated-cls = ~外CLS
analysis-column-to-unrelated-mean = ~外均值
analysis-column-others-gini = 除自身 Gini
analysis-column-gini = Gini
analysis-column-by = 用什么
analysis-column-explained = 解释
analysis-column-centred = 中心化
analysis-column-own = 自身占比
analysis-column-largest = 占最大部分
analysis-column-same = 相同部分
analysis-column-blind = 失明
analysis-column-needs = 需要
analysis-explained-by-inputs = 输入向量
analysis-explained-by-before-last = 倒数第二层向量
analysis-explained-by-outputs = 末层向量
analysis-column-here = 仅此层失明
analysis-column-here-centred = 仅此层失明，中心化
analysis-column-up-to = 到此层失明
analysis-column-up-to-centred = 到此层失明，中心化
analysis-column-from-centred = 从此层失明，中心化
analysis-unsettled = 逻辑回归没有收敛：{ $reason }
analysis-overflow = 数值溢出
analysis-probe-other-sizes = 探针 { $probe } 是在 { $model } 上训练的，它有 { $layers } 层，向量有 { $size } 个数；请打开那个模型，或用 clscope probe train 在此模型上训练探针
analysis-probe-other-weights = 探针 { $probe } 是在 { $model } 上训练的，权重与此模型不同；请打开那个模型，或用 clscope probe train 在此模型上训练探针
analysis-probe-no-vector = 探针 { $probe } 读取向量 { $vector }，此模型没有；请用 clscope probe train --pooling 在别的向量上训练探针
jobs-mistake = clscope 内部出错（{ $reason }）；请报告这个问题
study-hidden = 屏蔽 { $tokens }
study-replaced = [MASK] 替换 { $tokens }
study-blind = { $count ->
   *[other] “{ $token }”在第 { $layers } 层失明
}
study-blind-at = { $count ->
   *[other] “{ $token }”在第 { $layers } 层不关注“{ $at }”
}
study-layer = 第 { $layer } 层
study-logit-words = logit 按词分解：{ $name }
study-logit-embeddings = 嵌入
study-logit-heads = logit 按层与头分解：{ $name }
study-logit-layers = { $name } 及其他标签的逐层得分（未经调整）
study-logit-ranks = { $name }，逐层，原样
study-logit-likeliest = { $name } 处逐层最可能的词，原样
study-logit-lens = 每个词元，逐层，原样：最可能的词，以及原有的词

## 课程所测的量（src/study/quantity.rs）

quantity-share = 占比
quantity-own-share = 词在自己向量中的平均占比
quantity-words-largest = 在自己向量中占最大部分的词
quantity-cls-own-share = [CLS] 在自己向量中的占比
quantity-words-more-even = 比 [CLS] 融合得更均匀的词
quantity-words-more-even-apart = 同上，不计自身占比
quantity-average-of-inputs = 输入向量的最佳加权平均能解释 [CLS] 的多少
quantity-average-of-outputs = 最后一层向量的最佳加权平均能解释 [CLS] 的多少
quantity-mixing-ratio = 注意力块的混合比
quantity-head-largest = 所有头中的最大值
quantity-cosine = 余弦
quantity-pair-cosine = 两句的余弦
quantity-percentile = 高于多少无关句对
quantity-unrelated-cosine = 无关句子的典型余弦
quantity-unrelated-cosine-gap = 无关句子的典型余弦，前者减后者
quantity-difference = 两个向量之差，0 表示相同
quantity-size-in-tokens = 维数，以一个词元的向量为 1
quantity-largest-value = 向量中绝对值最大的数
quantity-ablated-cosine = 消融前后的余弦
quantity-sweep-largest = 消融单个头造成的最大损失，即 1 − 余弦
quantity-accuracy = 分类器的正确率
quantity-accuracy-gap = 正确率之差，前者减后者
quantity-probability = 标签的概率
quantity-probability-without = 屏蔽这个词后标签的概率
quantity-next-sentence = B 是 A 的下一句的概率
quantity-unknown-share = 未登录词
quantity-tokens = 词元数
quantity-no-head = 这个模型只有 { $layers } 层，每层 { $heads } 个头
quantity-no-token = 文本中没有 { $token }
quantity-no-vector = 这个模型没有 { $vector } 向量
quantity-no-ablated-vector = 这个模型计算 { $vector } 时会在文本前加提示词，或只读其开头，因此无法在其中屏蔽单个词；请换一个向量
quantity-no-label = 没有标签 { $label }；可选：{ $labels }
quantity-lacks = { $quantity } 缺少 { $name }；它接受：{ $takes }
quantity-no-next-sentence = 这个模型没有下一句预测头；google-bert/bert-base-uncased 有
quantity-too-little = 文本中的词太少，或没有第二个句子
quantity-unknown = 文本中超过 { $percent } % 的词元，模型不认识
quantity-unwanted = 其间有了别的请求
quantity-no-background = 没有与文本同语言、且这个模型能读的无关句子

## 课程（src/lesson/、src/cli/lesson.rs）

lesson-unknown = 没有课程 { $name }，也没有这个文件；可选：{ $choices }
lesson-too-large = 超过 1 MiB
lesson-unreadable = 无法读取 { $file }：{ $reason }；请指定课程名，或 docs/lessons.md 所述格式的文件
lesson-only-session = { $file }：只有会话，没有课程（缺少 title 和 [[steps]]）；请用 clscope open { $file } 打开
lesson-no-tests = 说法需要检验：tests = [{"{"} quantity = "...", at_least = 0.5 {"}"}]
lesson-no-claim = 有检验、答案或对结论的解释，就要有说法：claim = "..."
lesson-answers = 一个说法要有 2 到 4 个答案，现在有 { $count } 个；不写则为可能的各种结论
lesson-word = { $key } 是 { $found }；{ $reason }
lesson-not-taken = { $quantity } 不接受 { $name }；它接受：{ $takes }
lesson-lacks = { $quantity } 缺少 { $name }（{ $reason }）；它接受：{ $takes }
lesson-takes-nothing = 无
lesson-no-bound = 检验需要 at_least 或 at_most，写一个数
lesson-bounds = at_least 大于 at_most，没有数能同时满足
lesson-layer = layer 是从 1 开始的数，或 "last"
lesson-answer = 答案要么写 verdict = "holds"、"fails" 或 "depends"，要么写 from 和 below 两个数（前小后大）
lesson-no-sentence = 第 { $step } 步没有句子，前面也没有；请在第一步写 sentence = "..."
lesson-no-steps = 没有步骤；请写 [[steps]]，其中有 text 和 sentence
lesson-layer-number = 第 { $layer } 层
lesson-layer-last = 最后一层
lesson-quantity-of = { $quantity }（{ $of }）
lesson-at-least = { $what }：{ $number }（说法：≥ { $bound }）
lesson-at-most = { $what }：{ $number }（说法：≤ { $bound }）
lesson-exactly = { $what }：{ $number }（说法：{ $bound }）
lesson-between = { $what }：{ $number }（说法：{ $least } 至 { $most }）
lesson-points = { $points } 个百分点
lesson-not-measured = { $what }：在此无法测量：{ $reason }
lesson-list = 课程；用 clscope lesson NAME 开始
lesson-title = { $title } · { $model }
lesson-step = 第 { $step } 步，共 { $count } 步
lesson-sentence = 句子：{ $text }
lesson-pair = A：{ $text } · B：{ $pair }
lesson-claim = 说法：{ $claim }
lesson-predict = 你的预测是什么？输入数字后回车；只按回车则跳过。
lesson-no-such-answer = 请输入 1 到 { $count } 的数字
lesson-verdict = 对这个模型的结论：{ $verdict }。
lesson-no-verdict = 没有结论：用这个模型什么也测不了。
lesson-depends-vector = 取决于用哪种向量
lesson-depends-task = 取决于任务
lesson-holds-in-part = 部分成立
lesson-right = 你的预测“{ $answer }”对了。
lesson-wrong = 你的预测是“{ $answer }”。
lesson-elsewhere = 换成别的模型：{ $text }
lesson-next = 试一试：{ $text }
lesson-explorer = 在界面中查看：clscope { $text }，视图“{ $view }”
lesson-explorer-pair = 在界面中查看：clscope { $text } --pair { $pair }，视图“{ $view }”
lesson-end = 结果
lesson-end-line = { $verdict }：{ $claim }
lesson-score = { $all } 个预测中对了 { $right } 个
lesson-go-on = 按回车继续。
lesson-off = { $found } 不是注意力头；请写从 1 开始的层号和头号：off = ["6.12"]
# 界面中的课程（src/app/lesson/）。
lesson-context = 课程
lesson-context-about = 在课程列表中；在课程中先于视图的按键
lesson-heading = { $title } · 第 { $step } 步，共 { $count } 步
lesson-heading-end = { $title } · 结束
lesson-option = { $number }）{ $answer }
lesson-ask = 你的预测是什么？
lesson-measuring = 正在测量…
lesson-list-heading = 课程
lesson-list-chosen = 选中：{ $title }
lesson-list-step = 学到第 { $step } 步，共 { $count } 步
lesson-list-done = 已学完，{ $all } 个预测中对了 { $right } 个
lesson-command-answer = 选这个答案作为预测，然后测量
lesson-command-answer-bar = 预测
lesson-command-next = 开始选中的课程；在课程中不预测直接测量，或进入下一步
lesson-command-begin-bar = 开始
lesson-command-skip-bar = 直接测量
lesson-command-next-bar = 下一步
lesson-command-back = 退回一步
lesson-command-back-bar = 上一步
lesson-command-up = 上一门课程
lesson-command-down = 下一门课程
lesson-command-page-up = 课程文字向上滚动
lesson-command-page-down = 课程文字向下滚动
lesson-command-fold = 收起课程以便看清视图，或重新展开
lesson-command-fold-bar = 收起
lesson-command-unfold-bar = 展开课程
lesson-command-keep = 把课程、你的预测和测量结果写成网页（html）
lesson-command-keep-bar = 写成网页
lesson-command-leave = 离开课程，恢复之前的画面
lesson-command-leave-bar = 离开
lesson-note = { $claim }预测：{ $predicted }；在 { $model } 上测得：{ $verdict }。
lesson-page-predicted = 你的预测
lesson-page-measured = 测量结果
lesson-page-model = 模型：{ $model }
lesson-page-nothing = 没有预测

## 写入文件的内容（src/export/）

export-table = 文本
export-table-about = 终端里的文本表格
export-html = 网页
export-html-about = 含图和数字的网页，不联网也能打开
export-svg = 插图
export-svg-about = 论文或幻灯片的插图（SVG）
export-pdf = PDF 插图
export-pdf-about = 论文插图（PDF，仅限拉丁字母）
export-picture = 屏幕
export-picture-about = 屏幕的图片（SVG）
export-csv = csv
export-csv-about = 电子表格用的表格（CSV）
export-tsv = tsv
export-tsv-about = 制表符分隔的表格（TSV）
export-json = json
export-json-about = JSON 文件
export-jsonl = jsonl
export-jsonl-about = 每句一行 JSON
export-npz = npz
export-npz-about = numpy 数组（npz）
export-parquet = parquet
export-parquet-about = 数据框的列（Parquet）
export-no-form = { $holds }不能写成 { $format }；请用 { $formats }
export-separated-failed = 无法写出数值：{ $reason }
export-json-failed = 无法写出 JSON：{ $reason }
export-npz-failed = 无法写出 npz 文件：{ $reason }
export-shapes = 有的数组大小不对（{ $reason }）；请报告这个问题
export-nothing-to-draw = 没有可画的数；请写成表格（csv）或网页（html）
export-figure-too-large = { $rows } 行 { $columns } 列的插图太大或太密，看不清；请换宽度或字号，或写成网页（html）
export-not-in-pdf = PDF 自带的字体没有 { $character }，只有拉丁字母；请写成 svg 插图，或先把界面切换为英文（Z、--lang en）再写
export-parquet-failed = 无法写出 Parquet 文件：{ $reason }
export-holds-tables = 表格
export-holds-picture = 图片
export-holds-trace = 前向计算结果
export-holds-page = 可浏览的网页
export-holds-figure = 插图
export-holds-records = 逐行记录
export-holds-vectors = 向量
export-some-tokens = { $all } 个词元中的 { $some } 个
export-less-close-column = { $vector }，不如它接近
export-tensors = { $model } 的张量
export-pooler = 池化器
export-no-pooler = 没有：因此没有 "pooled"
export-output-head = 输出头
export-masked-language = 掩码语言模型头
export-no-masked-language = 没有：不预测 [MASK] 处的词
export-yes = 有
export-tensors-summary = { $count } 个张量，{ $size }：用到 { $used } 个，未用 { $unused } 个（{ $unused_size }），缺 { $missing } 个
export-tensor-missing = 缺少  { $name }  { $shape }
export-tensor-misshapen = 形状不对  { $name }  config.json 要求 { $shape }
export-used = 用到
export-unused = 未用
export-models = 可选的模型
export-name = 名字
export-family = 系列
export-place = 位置
export-size = 大小
export-languages = 语言
export-closest = { $vector }，{ $metric }：{ $all } 对中最接近的 { $pairs } 对
export-closest-reached = { $vector }，{ $metric }：{ $all } 对中有 { $reached } 对达到阈值；列出最接近的 { $pairs } 对
export-closest-title = 最接近的句对，{ $model }
export-closest-background = 每个数值之后：每 100 个无关句对（{ $background }）中，不如它接近的有多少。
export-less-close-label = 不如它接近
export-cluster-of = 类，{ $vector }
export-clusters-title = 每个句子所属的类，{ $model }
export-clusters-found = { $vector }：{ $count } 类
export-nearest = 与“{ $query }”最接近的句子
export-nearest-unknown = （{ $percent } % 未登录词）
export-first-id = 第一句编号
export-second-id = 第二句编号
export-first-sentence = 第一句
export-second-sentence = 第二句
export-similarities = 每两句的相似度，{ $metric }，{ $model }
export-declared = declared（模型训练时采用）：{ $steps }
export-unknown = 未登录词
export-in-percent = { $title }，百分数
export-page-footer = 由 clscope 写出。指向一个数可看到它的全部位数；网页源码末尾有 JSON 格式的数据。
export-page-legend = %；· 表示小于 0.05 %
export-explore-title = 注意力：{ $text }
export-explore-heading = 每一层、每个头的注意力
export-fact-model = 模型
export-fact-origin = 来源
export-fact-view = 视图
export-fact-text = 文本
export-fact-pair = 第二句
export-fact-unknown = 未登录词
export-fact-truncated = 截断
export-fact-off = 已消融
export-fact-reading = 读入方式
export-fact-source = 源词元
export-fact-direction = 方向
export-fact-measure = 度量
export-fact-among = 头
export-fact-units = 单位
export-fact-specials = 特殊词元
export-fact-marked = 已标记
export-fact-parts = 部分
export-fact-token = 词元
export-fact-vector = 向量
export-fact-background = 无关句子
export-fact-sentences = 句子
export-fact-poolings = 池化
export-fact-order = 顺序
export-fact-sweep = 逐个消融
export-fact-held = 基准
export-fact-shown = 当前
export-fact-metric = 相似度
export-fact-query = 查询
export-fact-pairs = 句对
export-fact-labels = 标签
export-fact-folds = 折数
export-fact-file = 文件
export-fact-probe = 探针分类器
export-fact-compared-with = 对比句
export-fact-logit-of = logit 属于
export-fact-cell-before = 消融前的单元格权重
export-fact-a-alone = A 单独读入
export-fact-b-alone = B 单独读入
export-fact-joined = A、B 合并读入
export-explore-no-script = 这个网页需要 JavaScript。没有它时，请用 clscope attention 加 --view layers、heads 或 matrix 和 --format html 写出网页。
export-explore-view = 视图
export-explore-measure = 度量
export-explore-layer = 层
export-explore-head = 头
export-explore-source = 源词元
export-explore-cursor = 光标处的词元
export-explore-direction = 方向
export-explore-from = 源词元关注什么
export-explore-to = 谁关注源词元
export-explore-units = 单位
export-explore-pieces = 子词
export-explore-words = 词
export-explore-specials = 特殊词元
export-explore-specials-show = 显示
export-explore-specials-hide = 隐藏
export-explore-specials-renormalize = 隐藏，其余按 100 % 计
export-explore-keys = 按键
export-explore-map = 热力图。用下面列出的按键移动光标；上面一行说明光标处的数。
export-explore-heads = { $from } → { $to }，每一层的每个头
export-explore-cell = { $from } → { $to }：{ $share } %，第 { $layer } 层，{ $heads }
export-explore-hidden = 隐藏的特殊词元：占这一行的 { $share } %
export-explore-caption = { $who }，{ $heads }，每一层的百分数
export-explore-precision = 由 clscope 写出。网页用 16 位保存每个占比，误差不超过 { $error } 个百分点。
export-off-heads = 头 { $heads }
export-off-hidden = 屏蔽词元 { $tokens }
export-off-edges = 切断的注意力边 { $edges }
export-off-masked = 替换为 [MASK] 的词元 { $tokens }

## 样例表与文本列表（src/dataset/）

dataset-unpack = 无法解压：{ $reason }；请重新取得文件，或用 gzip -t 检查
dataset-container = 这是{ $what }，不支持；{ $remedy }
dataset-not-utf16 = 不是 UTF-16：位移 { $offset } 处不是字符；文件损坏或不完整，请另存为 UTF-8
dataset-long-line = 超过 { $most } MiB，不像是分行的文本；请确认文件没有选错
dataset-too-large = 文本超过 { $most } MiB，已是表格的上限；请拆分，或抽取一部分行
dataset-too-many-rows = 超过 { $most } 行，已是上限；请抽取一部分行
dataset-parquet = 无法作为 Parquet 读取：{ $reason }；请重新写出，或导出为 CSV
dataset-text-after-quote = 右引号后面还有文字；值内部的引号请写两个，或用 --quotes no
dataset-delimiter-doubt = 分隔符不明确：{ $first } 或 { $second }；请用 --delimiter 指定
dataset-json = 它不是 JSON 对象（{ $reason }）
dataset-json-form = 这个 JSON 里没有记录；请每行写一个对象，或写一个对象数组
dataset-json-splits = 这个 JSON 里有多个列表（{ $names }）；请把其中一个写成单独的文件：jq -c '.{ $first }[]'
dataset-is-above-heading = 它在表头之上
dataset-token-lines = 这是 CoNLL 格式（每行一个词和它的标注），clscope 不读取；请每行写标签和句子，用制表符隔开
dataset-svmlight = 这是 SVMlight 的特征，只有数，没有文本；请每行写标签和句子，用制表符隔开
dataset-spaced-labels = 每行似乎是用空格隔开的标签和文本，clscope 不读取；请换成制表符：sed 's/ /\t/'
dataset-heading-doubt = 可能是表头，也可能是数据（{ $reason }）；请写 --heading yes 或 --heading no
dataset-extra-columns = 有 { $found } 列，应为 { $expected } 列；含分隔符的文本请加引号
dataset-missing = 没有{ $column }
dataset-nested = { $column } 里是列表或对象，不是单个值
dataset-empty-text = 有一句是空的
dataset-empty-label = 没有标签
dataset-several-labels = 有 { $count } 个标签；请只留一个
dataset-score = 分数 { $value } 不是数
dataset-decimal-comma = 分数 { $value } 用了小数逗号；请写小数点，或用 --decimal-comma
dataset-decimal-commas = { $column } 中的分数用了小数逗号（{ $example }）；请写小数点，或用 --decimal-comma
dataset-two-roles = { $column } 被指定作两种用途；请给其中一种换一列
dataset-no-such-split = { $column } 中没有记录是 { $asked }；有的是 { $found }
dataset-no-pairs = 没有句对；请每行写一个：分数、句子、句子，以制表符或逗号分隔，或写成 JSON
dataset-labelled-only = 没有带分数的句对，只有标签和句子；对它们请用 --task classify
dataset-no-examples = 没有样例；请每行写一个：标签、句子，以制表符或逗号分隔，或写成 JSON
dataset-no-texts = 是空的；请每行写一个句子
dataset-strict = { $fault }；请改正，或去掉 --strict 以跳过这些行
dataset-no-such-column = 没有 { $option } 所指的列 { $asked }；有的列是 { $columns }
dataset-doubt = 不能确定哪一列是{ $role }：{ $candidates }；请写 { $option }
dataset-not-utf8 = 不是 UTF-8：位移 { $offset } 处是字节 { $byte }；请用 iconv -f ENCODING -t UTF-8 转换
dataset-not-utf8-but = 不是 UTF-8：位移 { $offset } 处是字节 { $byte }；看来是 { $encoding }：iconv -f { $encoding } -t UTF-8
dataset-damaged-utf8 = 不是 UTF-8：位移 { $offset } 处是字节 { $byte }；其余都是 UTF-8，可见此处损坏：iconv -c -f UTF-8 -t UTF-8 可去掉它
dataset-nul = 不是文本：位移 { $offset } 处是 NUL；文件选对了吗？
dataset-nul-but = 不是文本：位移 { $offset } 处是 NUL；看来是没有字节序标记的 { $encoding }：iconv -f { $encoding } -t UTF-8
dataset-compression = 这个 Parquet 文件用 { $codec } 压缩，不支持；请用 snappy、gzip 或不压缩写出（pandas：df.to_parquet(FILE, compression="snappy")）
dataset-unclosed-quote = 此处的左引号没有配对；请补上右引号，文本里的引号写两个，或用 --quotes no
dataset-unclosed-quote-next = 此处的左引号没有配对（下一个引号在第 { $line } 行，不在值的末尾）；请补上右引号，文本里的引号写两个，或用 --quotes no
dataset-word-scores = { $column } 中的分数是词（{ $words }）；分数应是数：请把每个词改成数，或用 --score-column 另选一列
dataset-number-scores = { $column } 中的分数不是单纯的数（{ $words }）；请写成 4.5 这样的数，或用 --score-column 另选一列
dataset-constant-score = 所有句对的分数都相同（{ $column } 中的 { $value }），无从比较；请给出不同的分数，或用 --score-column 另选一列
dataset-constant-label = 只有一个标签，即 { $column } 中的 { $value }；没有可区分的内容；请用 --label-column 另选一列
dataset-count =
    { $role ->
        [score] { $column } 中的整数各不相同（{ $samples }），像行号或编号，不是分数；请用 { $option } 另选一列，如果没错就指定这一列
       *[label] { $column } 中的整数各不相同（{ $samples }），像行号或编号，不是标签；请用 { $option } 另选一列，如果没错就指定这一列
    }
dataset-no-column = 没有哪一列是{ $role }；请写 { $option }
dataset-no-column-of = 没有哪一列是{ $role }（有的列是 { $columns }）；请写 { $option }
dataset-two-text-columns = --text-column 要写两次，现在写了 { $given } 次
dataset-one-text-column = --text-column 要写一次，现在写了 { $given } 次
dataset-standard-input = 标准输入
dataset-unreadable = 无法把 { $file } 作为文本读取：{ $fault }
dataset-unreadable-at = 无法把 { $file } 作为文本读取：{ $place }{ $fault }
dataset-fault-at = { $file } 的{ $place }：{ $fault }
dataset-fault = { $file }：{ $fault }
dataset-line = 第 { $number } 行
dataset-lines = 第 { $first } 到 { $last } 行
dataset-row = 第 { $number } 条
dataset-rows = 第 { $first } 到 { $last } 条
dataset-column = 第 { $number } 列
dataset-empty-column = { $column }（空）
dataset-nested-column = { $column }（列表或对象）
dataset-split-of = { $column } 中的 { $value }
dataset-is-utf32le = UTF-32LE 文本
dataset-is-utf32be = UTF-32BE 文本
dataset-from-utf32 = 请用 iconv -f UTF-32 -t UTF-8 转换
dataset-the-split = 数据划分
dataset-form-names = 格式里写明了列名
dataset-why-as-asked = 按指定
dataset-why-names = 是通行的列名
dataset-why-positions = 是列号
dataset-why-word-over-numbers = 数字上面是词
dataset-why-number = 数字上面是数
dataset-why-words-over-sentences = 句子上面是词
dataset-why-like-the-rest = 与下面各行相似
dataset-first-is-heading = 第 { $line } 行读作表头（{ $why }）：{ $values }
dataset-first-is-data = 第 { $line } 行读作数据（{ $why }）：{ $values }
dataset-json-value = 它是单个值
dataset-json-no-object = 它不是对象
dataset-json-no-end = 数组没有结尾，文件不完整
dataset-json-behind = 数组后面还有文字
dataset-json-comma = 两个元素之间缺少逗号
dataset-json-nan = 此处应是一个值；NaN 不是值，请写 null
dataset-no-shard = 分片写作 I/N，I 从 1 到 N，如 2/5
dataset-no-delimiter = 请写 tab、comma、semicolon、pipe，或不含引号和换行的至多 8 个字符
dataset-tabs = 制表符
dataset-commas = 逗号
dataset-semicolons = 分号
dataset-pipes = 竖线
dataset-control = 控制字符（0x01）
dataset-all-splits = { $column } 的所有取值一起读入（{ $splits }）；--split 可选其一
dataset-same-labels = { $used } 与 { $other } 的标签相同；采用 { $used }
dataset-may-be-heading = 第 1 行读作文本（{ $text }）；如果它是表头，请用 --heading yes
dataset-may-be-columns = 每行都有{ $delimiter }，而现在整行读作一条文本；如果是多列，请用 --text-column
dataset-doubtful-first = { $reading }；--heading { $answer } 则相反
dataset-above-heading = 表头之上的内容没有读取：{ $place }
dataset-blank-lines = { $count } 个空行（{ $lines }）
dataset-blank-lines-more = { $count } 个空行（{ $lines } …）
dataset-the-score = 分数
dataset-the-label = 标签
dataset-the-text = 文本
dataset-a-sentence = 句对中的句子
dataset-directory = 它是目录；请指定其中的文件
dataset-ends = 它中途结束
dataset-unpack-it = 请先解压，或改用 gzip 压缩
dataset-export-it = 请导出为 CSV、JSON lines 或 Parquet
dataset-is-zip = zip 压缩包或 Excel 工作簿
dataset-is-unpack-or-save = 请解压，或把表格另存为 CSV（UTF-8）
dataset-is-empty-zip = 空的 zip 压缩包
dataset-is-name-it = 请指定文件本身
dataset-is-xls = 旧式 Excel 工作簿（xls）
dataset-is-save-as-csv = 请把表格另存为 CSV（UTF-8）
dataset-is-zstd = zstd 压缩的文件
dataset-is-xz = xz 压缩的文件
dataset-is-lz4 = lz4 压缩的文件
dataset-is-7z = 7z 压缩包
dataset-is-rar = rar 压缩包
dataset-is-feather = Arrow（feather）文件
dataset-is-arrow = Arrow 流
dataset-is-avro = Avro 文件
dataset-is-hdf5 = HDF5 文件
dataset-is-sqlite = SQLite 数据库
dataset-is-numpy = numpy 数组
dataset-is-pdf = PDF
dataset-is-save-text = 请把其中的文字存成每行一句的文件
dataset-is-git-lfs = git-lfs 指针，不是文件本身
dataset-is-git-lfs-pull = 请用 git lfs pull 取得文件
dataset-is-gb18030 = GB18030 文本
dataset-is-from-gb18030 = 请用 iconv -f GB18030 -t UTF-8 转换
dataset-is-bzip2 = bzip2 压缩的文件
dataset-is-orc = ORC 文件
dataset-is-pickle = Python 的 pickle
dataset-is-write-with-pandas = 请用 pandas 写出：df.to_csv(FILE, index=False)
dataset-is-tar = tar 压缩包
dataset-is-unpack-and-name = 请解开，并指定其中的文件
dataset-is-web-page = 网页
dataset-is-fetch-itself = 请取得文件本身（在 Hub 上：把网址中的 blob 改为 resolve）
dataset-layout-lines = 每行一条文本
dataset-layout-delimited = 以{ $delimiter }分隔
dataset-layout-quotes-left = 以{ $delimiter }分隔，引号属于文本
dataset-layout-quotes-undone = 以{ $delimiter }分隔，去掉值两边的引号
dataset-layout-backslash = 以{ $delimiter }分隔，引号用反斜线转义
dataset-layout-json-lines = JSON lines
dataset-vectors-failed = { $file }：{ $reason }
dataset-vectors-promise = 数组声明的数多于文件中的数；请重新写出
dataset-vectors-ending = 向量可从 .npz、.npy、.jsonl 和 .parquet 读取；请写成其中一种
dataset-vectors-none = 其中没有向量；请写成数组 [文本, 维]，或每条记录一个数的列表
dataset-vectors-sizes = 其中的向量从 { $least } 维到 { $most } 维不等；请只用一个模型的向量
dataset-vectors-json = 第 { $line } 行不是 JSON；请每行写一个对象，含文本和一个数的列表
dataset-vectors-no-column = 没有这样的列 { $name }
dataset-vectors-several = 有多列是向量；请用 --vector-column 选一列：{ $names }
dataset-vectors-texts = 有多列是文本；请用 --text-column 选一列：{ $names }

## 多个视图共用（src/widgets/、src/state/copied.rs）

widgets-joined = A、B 合并读入
widgets-a-alone = A 单独读入
widgets-b-alone = B 单独读入
widgets-place = 第 { $layer } 层，{ $heads }
widgets-layers-in-view = 层 { $first }–{ $last }，共 { $count }
widgets-heads-in-view = 头 { $first }–{ $last }，共 { $count }
widgets-tokens-in-view = 词元 { $first }–{ $last }，共 { $count }
widgets-rows-in-view = 行 { $first }–{ $last }，共 { $count }

widgets-marked = { $count } 个标记占 { $percent } %
widgets-hidden = 隐藏 { $percent } %
widgets-hidden-rest-scaled = 隐藏 { $percent } %，其余按 100 % 计
widgets-rank = 第 { $rank } 位，共 { $count }
widgets-effective-tokens = 有效词元 { $tokens } 个

# 热力图右侧的列，分别至多 9、7、7、7 格。
widgets-effective-tokens-column = 有效词元
widgets-hidden-column = 隐藏
widgets-marked-column = •标记
widgets-others-column = 其余
widgets-biases-column = 偏置

widgets-scale-view = %
widgets-scale-row = % 相对行内最大
widgets-scale-fixed = % 固定

# 至多 78 格。
widgets-measure = { $measure }：{ $says }
widgets-measure-contributions = { $key }：贡献
widgets-measure-next = { $key }：{ $measure }
widgets-measure-no-heads = 它不分头：显示整层
widgets-measure-work = 正在计算 { $measure }
widgets-measure-steps = 正在计算 { $measure }，{ $done } / { $of }
widgets-measure-meanwhile = 现在显示 { $shown }
widgets-measure-cancel = { $key }：取消
widgets-measure-unknown = 基准的 { $measure } 未知，它由另一模型读入；现在显示 { $shown }

# 至多 62 格。
measure-weight = 关注，注意力的 %；不等于从中取得多少
measure-value-norm = 来自，本层，按长度的 %，不计残差
measure-block = 来自，本层，按长度的 %，计入残差
measure-alti = 来自输入词元，按接近该向量程度的 %
measure-decompx = 来自输入词元与偏置，按各部分长度的 %
measure-dot = 来自输入词元与偏置，占该向量的 %，有正负
measure-globenc = 来自输入词元，%；供对照论文，不完整：见 ?
measure-rollout = 来自输入词元，%；供对照论文，意义不大：见 ?
measure-value-zeroing = 来自，本层，去掉该词元后转动的 %

widgets-sentences = { $count } 个句子
widgets-truncated-one = ⚠ 句子 { $sentence } 过长，已截断
widgets-truncated-two = ⚠ 句子 { $first } 和 { $second } 过长，已截断
widgets-truncated-more = ⚠ 句子 { $first }、{ $second } 等过长，已截断（另有 { $more } 个）
widgets-declared-truncated = ┃ declared 截断 { $count } 句
widgets-list-running = 已读 { $read } / { $all }
widgets-list-due = 已读 { $read } / { $all } …
widgets-list-cancelled = 已取消，读了 { $read } / { $all }
widgets-list-failed = 停在 { $read } / { $all }：{ $reason }
widgets-list-arranging = 正在比较 …
widgets-list-empty = 还没有可比较的句子。
widgets-list-type = { $key } 输入一个句子，回车接着输入下一句
widgets-list-add = { $key } 加入上面的句子
widgets-list-paste = 粘贴的文本每行成为一句，clscope --file FILE 也是如此
widgets-named = { $name }：{ $value }
widgets-ranked = { $value }，{ $place }
widgets-ranked-of = { $value }，{ $place }{ $of }
widgets-higher-than = 高于 { $percent }
widgets-unrelated = （无关句对：{ $background }）
widgets-of-list = （列表内句对）
widgets-unrelated-short = （{ $language }，{ $count }）

list-order-given = 原来的顺序
list-order-clustered = 按 { $pooling } 聚类
list-no-pair = 光标处没有余弦
list-number-of = 句子 { $first } 与 { $second } 的余弦，{ $pooling }
list-column-line = 行
list-column-sentence = 句子
list-column-unknown = 未登录词

state-no-number = 光标处没有数
state-no-cursor = 这个视图没有光标：请打开表格选择数
state-number-of = 第 { $layer } 层，{ $heads }：{ $from } → { $to }
state-number-of-measure = { $measure }，第 { $layer } 层，{ $heads }：{ $from } → { $to }
state-work-failed = 无法计算 { $measure }：{ $reason }

state-no-marked-heads = 没有标记的头：平均和最大取自所有头
state-marked-heads = 已标记的头：{ $heads } · 每层的平均和最大都取自它们
state-pinned = 已固定为基准：{ $what }
state-pinned-hint = “对比”视图显示与它的差别
state-added = 加入 { $added } 个句子 · 列表共 { $all } 个
state-added-full = 加入 { $added } 个句子，舍去 { $refused } 个 · 列表最多 { $most } 个
state-list-full = 列表最多 { $most } 个句子
state-line-into = 句子 { $line } 现在是 { $field }
state-cancelled = { $name }：已取消
state-cancelled-kept = { $name }：已取消；已下载的 { $bytes } 保留，下次从那里继续

## 各视图外的框架（src/app/）

app-caution = ⚠ { $fact }
app-way-script = { $key }：换能读{ $script }的模型
app-way-vocabulary = { $key }：换词表里有这些字符的模型
app-ablated = 已消融：{ $ablations }
app-list-unablated = 列表不作消融读入；其他视图已消融：{ $ablations }
app-cosine-token = “{ $token }” { $cosine }
app-cell-unablated = “{ $from }” → “{ $to }”，第 { $layer } 层，{ $heads }：{ $before } % → { $after } %
app-output-unablated = { $name } 的 logit：{ $before } → { $after }
app-cosine-unablated = 与消融前的余弦 { $cosines }

app-no-model = 还没有模型
app-shape = { $layers }×{ $heads } 头
app-tokens = { $count } 个词元
app-milliseconds = { $time } 毫秒
app-declared-truncated = ┃ declared 读入 { $tokens } 个词元中的 { $limit } 个
app-truncated = ⚠ 已截断：共 { $tokens } 个词元，模型读入 { $limit } 个
app-truncated-both = ⚠ 已截断：共 { $tokens } 个词元，模型读入 { $limit } 个，declared 读入 { $declared } 个
app-reading = 正在读入 …
app-loading = 正在加载 { $name } …

app-other-model-failed = 无法打开另一个模型。
app-too-small = clscope 需要 { $width }×{ $height }，现在是 { $found_width }×{ $found_height }
app-too-small-short = 需要 { $width }×{ $height }
app-loading-model = 正在加载 { $name } …
app-downloading-model = 正在下载 { $name }
app-type-already = 现在就可以输入。
app-no-model-opened = 没有打开任何模型。
app-type-sentence = 输入一个句子，看看 [CLS] 关注其中的哪里。
app-loads-example = { $key } 载入一个例句。
app-other-language = { $key } English
app-opens-lessons = { $key } 打开课程：先预测，再测量，后下结论。
app-restores-session = { $key } 回到上次退出时的状态。
app-not-read = 无法读入这个句子。
app-reading-sentence = 正在读入 …

app-export-view = 把视图“{ $view }”写入当前目录的文件
app-find = 查找
app-note = 笔记
app-notes-kept = 笔记共 { $count } 行，随会话保存
app-found = 第 { $at } 个，共 { $count } 个
app-not-found = 没有找到
app-more-below = 更多 ↓
app-count-below = 下面还有 { $count } 个 ↓
app-type-a = 输入一个句子
app-type-b = 用来比较的第二个句子
app-model = 模型
app-model-hint = 输入名字的一部分、Hub 上的名字或目录
app-looking-for-models = 正在查找模型 …
app-no-models = 这里没有模型；请输入名字。
app-model-family = { $family }：{ $note }
app-model-pooled = { $family }，声明的池化为 { $pooling }：{ $note }
app-hidden-size = 隐藏维度 { $size }
app-typed-model = clscope 先找这个名字的目录，没有就从 Hub 下载同名模型。
app-as-typed = 按输入：
app-table-position = 表格 { $at } / { $count }
app-table-in-percent = { $title }，百分数
app-no-value = 无

## 视图中的词与符号（src/views/legend.rs）。名称至多 21 格，后面是含义。

legend-attention = 怎样读注意力视图
legend-attention-cells = 格子
legend-attention-cells-meaning = 一个词元的注意力的百分数；· 表示不到百分之零点五
legend-attention-colour = 颜色
legend-attention-colour-meaning = 随百分数的平方根变化，最深为图中最大值；t 可换色阶
legend-attention-effective-tokens = 有效词元数
legend-attention-effective-tokens-meaning = 有多少词元分得注意力：熵的指数；1 = 全归一个词元
legend-attention-heads = 平均、最大
legend-attention-heads-meaning = 取自一层的所有头；最大先缩放到总和为 1，再算有效词元数
legend-attention-words = 词
legend-attention-words-meaning = 在句子中：子词之和，深浅以最强的词为准
legend-attention-hidden = 隐藏
legend-attention-hidden-meaning = 给了被隐藏的特殊词元的那部分注意力（z）
legend-attention-rest = 其余按 100 %
legend-attention-rest-meaning = 显示的词元重新缩放：每行总和又是 100 %
legend-attention-in-words = 按词（w）
legend-attention-in-words-meaning = 到一个词：子词之和；从一个词：子词的平均
legend-attention-direction = 谁在关注（d）
legend-attention-direction-meaning = 矩阵的一列：每个词元把多少注意力给了选定的词元
legend-attention-head-number = 头的数值
legend-attention-head-number-meaning = 所有源词元的平均；到后一个、到前一个：只算有后一个、前一个的词元
legend-attention-patterns = p n i S C b
legend-attention-patterns-meaning = 一个头有一半以上的注意力给了前一个词元、后一个、自身、[SEP] 或 [CLS]；b：有效词元数至少是全部的三分之二
legend-attention-digits = 数字键
legend-attention-digits-meaning = 跳到该层；第 10 层及以后按两个数字，6.12 是第 6 层的头 12
legend-attention-ablated = 已消融：3.5
legend-attention-ablated-meaning = 第 3 层的头 5 已消融：它的输出为零；余弦是与消融前的同一向量相比
legend-attention-joined = 合并读入
legend-attention-joined-meaning = A 与 B 一次读入，[CLS] A [SEP] B [SEP]：两句也互相关注

legend-measures = 度量：图中填的是什么（f）
measure-weight-meaning = 一个头怎样分配注意力（Vaswani 等 2017）。权重不等于贡献：取来的值向量可能很短，而残差让向量的大部分绕过注意力。98 % 给自己，并不说明词元有 98 % 是它自己
measure-value-norm-meaning = 注意力传递的向量的长度，一个头或所有头合计，限于一层（Kobayashi 等 2020）。它不说明词元自己保留多少：不计残差
measure-block-meaning = 同上，但计入残差，并在层归一化之后：一层的注意力块从每个词元取来多少，词元自己保留多少（Kobayashi 等 2021）。限于一层；不计前馈网络
measure-alti-meaning = 从输入经各层到这一层，每个输入词元使结果向该向量靠近多少（Ferrando 等 2022）。不计前馈网络
measure-decompx-meaning = 从输入经各层到这一层，每个输入词元在该向量中变成的那部分有多长，计入前馈网络；偏置单列一栏（Modarressi 等 2023）。互相抵消的长向量也照样计入
measure-dot-meaning = 同样的各部分，按带符号的占比计：每行与偏置合计 100 %，占比可以小于 0。注意力视为固定：词元通过改变别处的关注而起的作用不在其中
measure-globenc-meaning = 取到第二个层归一化之后的注意力块，逐层相乘（Modarressi 等 2022）；供对照论文。注意：不计前馈网络和所有偏置，各部分加起来不等于该向量
measure-rollout-meaning = 权重逐层相乘，并规定每层中每个词元有一半留在原处（Abnar 与 Zuidema 2020）；供对照论文。注意：不管模型怎样算，自身占比至少是 0.5^层数，几乎不能说明贡献
measure-value-zeroing-meaning = 一层中把另一词元的值向量置零，词元的向量转动多少（Mohebbi 等 2023）。这是干预，不是该向量的组成部分；注意力保持不变

legend-pooling = 怎样读“池化”视图
legend-pooling-pooling = 池化
legend-pooling-pooling-meaning = 由各词元的向量得到一个句向量的方法
legend-pooling-cosine = 余弦
legend-pooling-cosine-meaning = 两个向量夹角的余弦：1 方向相同，0 垂直，-1 方向相反
legend-pooling-alone = 各自读入
legend-pooling-alone-meaning = 每句单独前向计算一次；比较的是这些向量
legend-pooling-declared = declared
legend-pooling-declared-meaning = 模型训练时采用的句向量：按顺序执行 sentence-transformers 的各模块
legend-pooling-pooled = pooled
legend-pooling-pooled-meaning = BERT 的句子输出：最后一层 [CLS] 向量经过池化器，tanh(W·h + b)
legend-pooling-cls = cls
legend-pooling-cls-meaning = 词元 [CLS] 最后一层的向量，不经池化器
legend-pooling-mean = mean
legend-pooling-mean-meaning = 所有词元最后一层向量的平均，含特殊词元；mean-words 不含
legend-pooling-max = max
legend-pooling-max-meaning = 每一维取各词元中的最大值
legend-pooling-first-last = first-last
legend-pooling-first-last-meaning = 两个平均再平均：嵌入层与最后一层
legend-pooling-layer1-last = layer1-last
legend-pooling-layer1-last-meaning = 两个平均再平均：第 1 层与最后一层；论文中 first-last 两者都指
legend-pooling-typical = 典型值
legend-pooling-typical-meaning = 无关句子余弦的中位数：毫无共同之处的两句，模型也给出这个值
legend-pooling-higher = 高于
legend-pooling-higher-meaning = 每 100 个无关句对中不如它接近的有多少；不低于 95 或不高于 5 就算特别
legend-pooling-centred = 中心化
legend-pooling-centred-meaning = 减去无关句子的平均向量之后的余弦
legend-pooling-whitened = 白化
legend-pooling-whitened-meaning = 中心化后再缩放，使句子在各方向上变化相同：没有哪个方向占优
legend-pooling-rogue = 异常维度
legend-pooling-rogue-meaning = 在无关句子的余弦中占很大比例的一维

legend-list = 怎样读句子列表和散点图
legend-list-sentences = 句子
legend-list-sentences-meaning = 颜色从不同句子间最小的余弦到最大的余弦，每个矩阵各算各的
legend-list-disagree = 分歧
legend-list-disagree-meaning = 在两种池化下，于列表所有句对中名次相差最大的一对
legend-list-unknown = ? 和 !
legend-list-unknown-meaning = 在句子编号之后：含有模型不认识的词元；出现 NaN 或无穷大
legend-list-map = 散点图
legend-list-map-meaning = 向量变化最大的两个方向（PCA）及其占方差的比例
legend-mixing = 怎样读向量的组成
legend-mixing-even-meaning = 各词对向量的贡献有多均匀：占比的熵 / log n，1 表示都一样
legend-mixing-others-meaning = 同上，但不计词元自身的占比
legend-mixing-taken-meaning = 这一层的注意力块使词元的向量有多少来自其他词元；精确值
legend-mixing-cancelling-meaning = 各部分长度之和除以向量的长度：大于 1，说明各部分相互抵消
legend-mixing-strongest-meaning = 最强词的占比，是均等份额的几倍
legend-mixing-blind = 失明
legend-mixing-blind-meaning = 在某些层中 [CLS] 只关注自身：其最后一层向量与真实向量的余弦，说明它在那里读到了多少
legend-mixing-centred-meaning = 减去无关句子的平均向量：去掉每个句子都一样的部分
legend-mixing-verdict = 取决于
legend-mixing-verdict-meaning = 在一种度量方法下成立、在另一种下不成立的说法

## 视图“各层”（src/views/layers/）

# 行名至多 8 格；数字补到两格。
layers-row = 第 { $layer } 层
layers-row-ablated = 消融 { $layer }
layers-head = 头 { $head }
layers-head-marked = •头 { $head }
layers-head-ablated = 消融 { $head }
layers-two-heads = 头 { $first } { $second }
layers-last-head = 头 { $head }
layers-strongest-heads = { $of } 个中最强的 { $count } 个
layers-heads = 第 { $layer } 层，逐头
layers-predicted = BERT 在此预测：
layers-output-bar = 模型的输出
layers-prediction = { $token } { $percent } %
layers-table = { $who }，{ $heads }
layers-table-heads = { $who }，第 { $layer } 层，逐头

## 视图“注意力头”（src/views/heads/）

heads-sorted = 从大到小
heads-all = 所有头
heads-scale-tokens = 词元
# 至多 9 格和 5 格。
heads-rank-column = 名次
heads-head-column = 头
# 至多 4 格。
heads-layer-column = 整层
heads-mean-column = 平均
# 至多 3 格。
heads-ablated = 消
heads-number = 数值：{ $statistic }
heads-pattern = 模式：{ $pattern }
heads-strongest = 最强：{ $heads }
heads-pattern-count = { $sign } { $pattern } { $count }
heads-choose = { $left } { $right } 选择头
heads-share = { $statistic } { $percent } %
heads-value = { $statistic } { $value }
heads-no-head = 请先选一个头：数值属于单个头
heads-number-of = 第 { $layer } 层，{ $head }：{ $statistic }
heads-table = 每个头在做什么
heads-table-rows = { $who }，每个头

## 视图“矩阵”（src/views/matrix/）

matrix-layer = 第 { $layer } 层
matrix-ablated = 已消融

## 视图“对比”（src/views/compare/）

# 至多 11 格。
compare-baseline = 基准
compare-shown = 当前
compare-difference = 差
# 上下两行，内容从同一列开始。
compare-of-baseline = 基准：{ $what }
compare-of-shown = 当前：{ $what }
compare-unablated = 同样内容，无消融
compare-same = 两者相同；{ $head } 换头，{ $layer } 换层，{ $sentence } 换句子
compare-same-without-heads = 两者相同；{ $layer } 换层，{ $sentence } 换句子
compare-points = { $points } 个百分点
compare-row-differs = 本行相差 { $percent } %
compare-all-rows-differ = 所有行相差 { $percent } %
compare-some-rows-differ = 两边都有的 { $rows } 行相差 { $percent } %
compare-legend-unit = 百分点
compare-number-difference = 当前减基准：{ $from } → { $to }
compare-number-shown = 当前：{ $from } → { $to }
compare-number-baseline = 基准：{ $from } → { $to }

## 视图“消融”（src/views/sweep/）

sweep-one-head = 每次消融一个头
sweep-one-word = 每次屏蔽一个词
sweep-on-top = 在{ $ablations }的基础上
sweep-cosine = 前后的余弦
sweep-none-left = { $parts ->
    [words] 所有词都已屏蔽
   *[heads] 所有头都已消融
}
sweep-all = { $parts ->
    [words] 全部 { $count } 个词
   *[heads] 全部 { $count } 个头
}
sweep-reading = 正在读入 …
sweep-ended = 停在 { $found } / { $all }
sweep-cancelled = 已取消，{ $found } / { $all }
sweep-failed = 在 { $found } / { $all } 处出错
sweep-without = 消融{ $name }：余弦 { $cosines }
sweep-without-cell = 消融{ $name }：{ $cell }；余弦 { $cosines }
sweep-part-ablated = { $name }在整个过程中都已消融
sweep-part-last = { $name }保留：去掉它，就有词元没有可关注的词元
sweep-bars = 条形：1 − 余弦，满格为 { $most }
sweep-colours = 颜色：{ $pooling }，最深为 { $most }
sweep-ablates = { $key } 消融它
sweep-restores = { $key } 恢复它
sweep-again = { $key } 重新逐个消融
# -ablated 至多 3 格。
sweep-head-column = 头
sweep-position-column = 位置
sweep-word-column = 词
sweep-ablated = 消
sweep-head = 第 { $layer } 层头 { $head }
sweep-map-title = { $pooling } 的损失：1 − 余弦
sweep-number-of-cell = 消融{ $name }后 { $cell } 的权重
sweep-cell = “{ $from }” → “{ $to }”，第 { $layer } 层，{ $heads }
sweep-cell-change = { $cell }：{ $before } % → { $after } %
sweep-output = { $name } 的 logit
sweep-output-change = { $output }：{ $before } → { $after }
sweep-map-output = { $output } 的变化
sweep-number-of-output = 消融{ $name }后 { $output }
sweep-map-cell = { $cell } 的变化
sweep-number-of = 消融{ $name }前后，{ $pooling } 的余弦

## 视图“池化”（src/views/pooling/）

pooling-add-pair = { $key } 加入第二个句子来比较
pooling-page-overview = 概览
pooling-page-calibration = 校准
pooling-page-layers = 各层
pooling-page-dimensions = 维度
pooling-page-words = 词
pooling-page-nearest = 最近
pooling-more-below = { $key } 下面还有
pooling-more-above = { $key } 上面还有

pooling-outputs = BERT 对这个句子给出两个输出
pooling-outputs-a = BERT 对单独读入的 A 给出两个输出
pooling-outputs-b = BERT 对单独读入的 B 给出两个输出
pooling-pooled-output = tanh(W·h + b)，h 是最后一层的 [CLS] 向量
pooling-no-pooler = 没有：这个检查点没有池化器
pooling-sequence-output = 每个词元最后一层的向量；其他池化都由它们得到
pooling-no-declared = declared  没有：{ $reason }
pooling-declared-ablated = declared  没有：消融了它不读的词元
pooling-matrix = 各种池化之间的余弦
pooling-matrix-a = A 的各种池化之间的余弦
pooling-matrix-b = B 的各种池化之间的余弦
pooling-drift = [CLS] 是平均吗？逐层的 cosine(cls, mean)
# 至多 5 格。
pooling-embeddings = 嵌入
pooling-values = 每一维的值
pooling-values-binned = 值，每格是 { $count } 维的平均
pooling-column-pooling = 池化
pooling-column-norm = 范数

pooling-same-text = A 与 B 是同一文本。
pooling-same-tokens = 对这个模型来说，A 与 B 是同一文本：词元相同。
pooling-closeness = A 与 B 各自读入，与 { $background }相比有多接近？
pooling-closeness-alone = A 与 B 各自读入，有多接近？
pooling-unrelated = { $count } 个无关{ $language }句子
pooling-unrelated-pairs = { $background }的 { $pairs } 对
pooling-calibration = 同样的余弦，以 { $background }校准
pooling-calibration-alone = 同样的余弦，以无关句子校准
pooling-no-background = 没有百分数，也没有结论：{ $reason }。
pooling-background-reading = 正在读入用来比较的 { $background }：已读 { $done } 个
pooling-one-longer = { $name } 比所有无关句子都长：百分数参考价值降低。
pooling-both-longer = A 与 B 比所有无关句子都长：百分数参考价值降低。
pooling-one-shorter = { $name } 比所有无关句子都短：百分数参考价值降低。
pooling-both-shorter = A 与 B 比所有无关句子都短：百分数参考价值降低。
pooling-closeness-legend = 典型值：{ $unrelated }的余弦的中位数；“高于”与条形：其中有多少对不如它接近。
pooling-closeness-caution = 向量接近不等于意思相同：一句话与它的否定句也很接近。{ $key }：校准后的余弦。
pooling-declared-steps = declared：{ $steps }。
pooling-centred = 中心化：减去所有句子的共同部分，即无关句子向量的平均。
pooling-whitened = 白化：再把所有句子变化的各方向拉平。
pooling-whitened-in = 白化：再把所有句子变化的各方向拉平，这里是 { $directions } 个方向。
pooling-calibration-legend = 高于：高于 { $unrelated }中的多少，算法相同（白化：用没有参与白化的句对）；典型值：它们的中位数。
pooling-column-what = 是什么
pooling-column-shape = 形状
pooling-column-cosine = 余弦
pooling-column-typical = 典型值
pooling-column-higher-than = 高于
pooling-column-higher = 高于
pooling-as-it-is = 原值
pooling-background-comparing = 正在与无关句子比较 …
pooling-verdict-usual = 没有哪种池化特别接近：都没有超过 { $percent } % 的无关句对。
pooling-verdict-close = 在 { $poolings } 下特别接近：比 { $percent } % 的无关句对更接近。
pooling-verdict-close-all = 在每种池化下都特别接近：比 { $percent } % 的无关句对更接近。
pooling-verdict-far = 在 { $poolings } 下特别疏远：比 { $percent } % 的无关句对更疏远。
pooling-verdict-far-all = 在每种池化下都特别疏远：比 { $percent } % 的无关句对更疏远。
pooling-verdict-others = 在 { $poolings } 下并不特别：许多无关句对也这样接近。
pooling-verdict-centred-none = 中心化之后，没有哪种池化特别接近。
pooling-verdict-centred-only = 中心化之后，只在 { $poolings } 下接近。
pooling-verdict-centred-all = 中心化之后，在每种池化下都特别接近。
pooling-verdict-centred-too = 中心化之后，在 { $poolings } 下也特别接近。
pooling-verdict-centred = 中心化之后，在 { $poolings } 下特别接近。
pooling-verdict-centred-far-none = 中心化之后，没有哪种池化特别疏远。
pooling-verdict-centred-not-far = 中心化之后，在 { $poolings } 下不再特别疏远。

pooling-layers-pair = 逐层：A 与 B 在每种池化下的余弦，以及各自的 cls 与 mean 的余弦
pooling-layers = 逐层：cls 与 mean 的余弦
pooling-layers-note = declared 和 pooled 没有曲线：它们只在最后一层之后才有；first-last 和 layer1-last 由两层得到，也没有

# 列至多 9 格。
pooling-dimensions = { $pooling }：A 与 B 的余弦 { $cosine } 是 { $count } 维之和
pooling-dimension = 维
pooling-dimensions-of-a = A 的值
pooling-dimensions-of-b = B 的值
pooling-dimensions-so-far = 累计
pooling-dimensions-adds = 贡献
pooling-dimensions-none = 余弦是 0：没有哪一维有占比
pooling-dimensions-shares = 最大的 { $some } 项占 { $some_percent } %，最大的 { $more } 项占 { $more_percent } %；占到一半需要 { $half } 项
pooling-no-rogue = 没有哪一维主导无关句子的余弦（其平均余弦为 { $cosine }）
pooling-rogue = 异常维度：无关句子的平均余弦 { $cosine } 主要来自维度 { $dimensions }

pooling-words = { $pooling }：余弦 { $cosine }，是 A 与 B 各词对之和（最后一层）
pooling-pieces = { $pooling }：余弦 { $cosine }，是 A 与 B 各词元对之和（最后一层）
pooling-input-words = { $pooling }：余弦 { $cosine }，是各输入词对与偏置之和（DecompX）
pooling-input-pieces = { $pooling }：余弦 { $cosine }，是各输入词元对与偏置之和（DecompX）
pooling-words-of-cls = { $pooling } 只读最后一层的 [CLS]：按 { $key } 追溯到输入的词
pooling-words-none = 这两个句子没有这样的和
pooling-words-work = 正在计算每个输入词元变成了什么；{ $key } 取消
pooling-words-steps = 正在计算每个输入词元变成了什么：{ $done } / { $of }；{ $key } 取消
pooling-words-cancelled = 尚未计算；{ $key } 显示最后一层
pooling-strongest = 最强的词对
pooling-words-unit = 行：A，列：B；单位是余弦的百分之一
pooling-sum = 合计
pooling-share-of-cosine = 余弦的 { $percent } %
# 最近词元一页。
pooling-nearest = 后期交互（ColBERT 的 MaxSim）：文本的每个词元，与另一句中离它最近的词元，按最后一层的向量
pooling-nearest-caution = 为此训练的模型用它给文本打分；其他模型上，它显示哪些词元相似。分数与方向有关。
pooling-nearest-none = 后期交互要求两句都有文本词元。
pooling-nearest-sum = { $title }：总和 { $sum }，平均 { $mean }

pooling-number-of = 对 { $pooling } 余弦的贡献：{ $a } × { $b }
pooling-table-matrix = 该句各种池化之间的余弦
pooling-table-drift = cls 与 mean 的余弦，逐层，0 为嵌入层
pooling-table-closeness = A 与 B 各自读入，有多接近
pooling-table-layers = 逐层的余弦，0 为嵌入层
pooling-table-dimensions = 每一维对 A 与 B 的余弦的贡献，{ $pooling }
pooling-column-typical-unrelated = 无关句对典型值
pooling-column-higher-unrelated = 高于无关句对
pooling-column-centred = 中心化
pooling-column-centred-higher = 中心化：高于
pooling-column-whitened = 白化
pooling-column-whitened-higher = 白化：高于
pooling-column-word-of-a = A 的词
pooling-column-word-of-b = B 的词
pooling-column-token-of-a = A 的词元
pooling-column-token-of-b = B 的词元

## 视图“句子”（src/views/sentences/）

sentences-disagreement = 分歧：第 { $number } 对，共 { $pairs } 对
sentences-disagreement-of-worst = 分歧：最大的 { $count } 对中第 { $number } 对，共 { $pairs } 对
sentences-disagreement-closer = { $one } 下比 { $left } 的句对更接近，{ $two } 下比 { $right } 的更接近
sentences-only-one = 只有一个句子：请再加一个来比较
sentences-no-vector = { $pooling }：两句中有一句没有这个向量
sentences-beyond = 在 { $poolings } 下，列表内所有句对都高于 { $percent } %{ $unrelated }；{ $key } 改在列表内部排名。
sentences-among-unrelated = 百分数：在无关句对中（{ $background }）
sentences-among-list = 百分数：在列表内句对中
sentences-closest = 第 { $number } 对，共 { $pairs } 对，按 { $pooling } 从最接近的排起
sentences-closest-of = 最接近的 { $count } 对中第 { $number } 对，共 { $pairs } 对，{ $pooling }
sentences-same-tokens = 两句不同，但分出的词元相同
sentences-not-finite = { $pooling } –，有一句含 NaN 或无穷大
sentences-itself = { $line } 与自身：{ $value }
sentences-pair = { $first } ~ { $second }：{ $value }
sentences-nearest = 与 { $line } 最接近，{ $pooling }
sentences-rows-in-view = 行 { $rows }，共 { $count } 句
sentences-closest-in-view = 列：与本行最接近的 { $seen } 句，共 { $count } 句
sentences-columns-in-view = 列 { $columns }，共 { $count } 句
sentences-part-in-view = 行 { $rows }，列 { $columns }，共 { $count } 句
sentences-table = 每两句的余弦，{ $pooling }
sentences-table-nearest = 每句与 { $line } { $sentence } 的余弦
sentences-table-disagreements = 按两种池化给出的名次差别排列的句对
sentences-column-less-close = 不如它接近，{ $pooling }
sentences-column-line-a = 行 a
sentences-column-sentence-a = 句子 a
sentences-column-line-b = 行 b
sentences-column-sentence-b = 句子 b

## 视图“散点图”（src/views/map/）

map-cluster-colours = 颜色：按 { $pooling } 聚类
map-cluster-letters = 字母 a 到 i：按 { $pooling } 聚类
map-near-colours = 相近的句子颜色相近
map-near-letters = 相近的句子字母相邻
map-order-colours = 颜色：从列表第一句到最后一句
map-order-letters = 字母 a 到 i：从列表第一句到最后一句
map-nearest = 按全部维度的余弦最接近的（图中只有两维）：
map-under = { $pooling }：
map-nearest-under = 按 { $pooling } 最接近的：
map-signs = PCA，两轴同一比例 · 2 到 9、+：重合的点 · 下划线：最接近的
map-axes = → { $x }  ↑ { $y } 占方差
map-no-vectors = 没有句子有 { $pooling } 向量
map-one-sentence = 一个句子：一个点
map-same-vectors = 所有向量相同：一个点
map-two-sentences = 两个句子：在一条直线上
map-one-line = 都在一条直线上
map-missing-vectors = { $count } 个句子没有 { $pooling } 向量
map-not-finite = { $count } 个句子在 { $pooling } 下含 NaN 或无穷大
map-table = 前两个主成分及其占方差的比例：{ $shares }
map-table-shares = { $pooling } { $x } % 和 { $y } %

## 界面的命令。以 -bar 结尾的显示在底栏，一两个词；其余用于帮助和按键文件，一行，不加句号。

compare-tab = 对比
compare-command-show = 对比：基准、当前以及两者之差
compare-command-most-different = 跳到本行相差最大处
compare-command-most-different-bar = 最大差别
compare-command-pin-baseline = 把当前内容固定为基准，再与别的头、层、句子或模型对比
compare-command-pin-baseline-bar = 固定当前
compare-command-unpin-baseline = 取消基准
compare-command-unpin-baseline-bar = 取消基准
compare-command-start-again-bar = 重新开始

heads-tab = 注意力头
heads-command-show = 注意力头：同时看所有层的所有头
heads-command-open-head = 以矩阵打开光标处的头
heads-command-open-head-bar = 打开
heads-command-statistic = 显示头的下一种统计量
heads-command-statistic-bar = 统计量
heads-command-previous-statistic = 显示头的上一种统计量
heads-command-previous-statistic-bar = 上一种
heads-command-sort = 按统计量给头排序，或恢复按层排列
heads-command-sort-bar = 排序
heads-command-left = 移到左边的头
heads-command-right = 移到右边的头
heads-command-first = 到本层第一个头
heads-command-last = 到本层最后一个头

layers-tab = 各层
layers-command-show = 各层：一个词元逐层关注哪里
layers-command-source-here = 以光标处的词元为源词元
layers-command-source-here-bar = 以此为源
layers-command-source-cls = 恢复以 [CLS] 为源词元
layers-command-source-cls-bar = 源 [CLS]

map-tab = 散点图

output-tab = 输出
output-command-show = 输出：模型的输出头和探针对文本的预测，以及原因
output-command-up = 到上一行
output-command-down = 到下一行
output-command-left = 到左边的得分；对掩码语言头，到前一个词元
output-command-right = 到右边的得分；对掩码语言头，到后一个词元
output-command-next-measure = 按词、按层与头解释 logit，或看逐层的得分；继续已取消的解释
output-command-sweep = 在“逐个消融”中查看消融哪些头或词对光标处的 logit 影响最大
output-command-sweep-bar = 影响最大的头
output-command-again-bar = 解释
output-command-heads-bar = 按头
output-command-layers-bar = 逐层
output-command-words-bar = 按词
output-command-cancel-bar = 取消解释
output-of-sentence = 从句子的向量读出的结果
output-of-joined = 从 A 与 B 合并读入的向量读出的结果
output-of-a = 从 A 单独的向量读出的结果
output-of-b = 从 B 单独的向量读出的结果
output-column-head = 输出头
output-column-now = 得分
output-column-before = 消融前
output-column-change = 变化
output-entities = 实体
output-tokens = 每个词元的标签
output-words-for = { $mask }（词元 { $position }）处的词
output-each-by-itself = 各标签分别判断的概率，不是多选一
output-choice-alone = 选项写在第二个句子里
output-probability = 条形：概率，0 到 1
output-score = 这是得分，不是概率
output-highest-first = { $count } 个标签，从高到低
output-word-here = { $word }（原词）
output-word-rank = 名次 { $rank } · 熵 { $entropy } nats
output-no-entities = 没有实体
output-none-replaced = 每个词元都被判为原文
output-no-pair = 问题需要第二个句子，答案在其中
output-no-mask = 下面是光标处词元的候选词；也可在句子中写 { $mask }
output-none = 此模型没有输出头
output-none-open = { $key } 打开别的模型，例如：
output-none-words = google-bert/bert-base-uncased：[MASK] 处的词，下一句
output-none-labels = nlptown/bert-base-multilingual-uncased-sentiment：一到五星
output-none-entities = dslim/bert-base-NER：人名、地名、机构名
output-none-answers = deepset/bert-base-cased-squad2：在 B 中找 A 的答案
output-none-probe = 或在此模型上训练自己的探针：clscope probe train
output-row = { $name }（{ $title }）
output-row-of = { $name }（{ $title }，{ $pooling }）
output-why-none = declared 上的探针无法分解：该向量按自己的提示词和上限另行读取
output-accuracy = 训练时未见过的 { $count } 句：正确率 { $shares }
output-logit-at = 词元 { $position }“{ $word }”处的 { $label }
output-why = logit { $logit } 的组成：{ $name }
output-why-layers = logit { $logit } 逐层：{ $name }
output-why-no-label = 此处没有选出标签：分数不是数
output-why-no-sum = 无法分解：此文本中没有这个数
output-why-working = 正在解释 logit …
output-why-cancelled = 解释已取消 · { $key }：解释
output-why-failed = 无法解释 logit：{ $reason }
output-why-part = 部分
output-why-loss = 减少
output-why-biases = 偏置
output-why-ff = 前馈
output-why-embeddings = 嵌入 { $part }
output-why-all-biases = 偏置 { $part }
output-why-largest = 最大 { $parts }
output-why-parts = 部分：相加等于 logit
output-why-losses = 减少：屏蔽该词后的减少量
output-why-correlation = 秩相关 { $rho }
output-why-left-out = 另有条形较短的 { $count } 个词未显示
output-why-raw = 原样：把每一层当作训练时所读的层
output-why-embedded = 嵌入
output-why-rank = 名次
output-why-entropy = 熵
output-why-probability = 概率
mixing-tab = 混合
mixing-command-show = 混合：一个词元的向量由什么组成，检验关于 [CLS] 的说法
mixing-command-left = 解释左边的词元
mixing-command-right = 解释右边的词元
mixing-command-token-bar = 词元
mixing-command-source-cls = 恢复解释 [CLS]
mixing-command-next-measure = 换下一种度量显示占比：alti、decompx 或 dot
mixing-caption = { $token } · { $measure }：{ $says }
mixing-work = 正在计算向量的组成 · { $key }：取消
mixing-work-steps = 正在计算向量的组成，{ $done } / { $of } · { $key }：取消
mixing-work-waits = 接下来计算向量的组成
mixing-no-work = 还没有计算这段文本的向量组成 · { $key }：计算
# 至多 7 格。
mixing-column-itself = 自身
mixing-column-words = 词
mixing-column-signs = 标点
mixing-column-specials = 特殊
mixing-column-biases = 偏置
mixing-column-even = 均匀度
mixing-column-taken = 取自
mixing-column-others-even = 除自身
mixing-tokens = 最后一层之后的每个词元；除自身：不计自身占比的均匀度
mixing-claim = { $letter }  { $claim }：{ $verdict }
mixing-claim-heading = { $letter }  { $claim }
mixing-depends = 取决于度量方法
mixing-open = 这些句子不足以判断
mixing-untested = 未检验
mixing-here = 此句：{ $verdict }
mixing-many = 多句：{ $verdict }
mixing-verdict-holds = 成立
mixing-verdict-fails = 不成立
mixing-count = { $measure } { $count }/{ $words }
mixing-largest = 自身最大：{ $counts }
mixing-owns = 自身占比（偏置计入总量）：{ $shares }
mixing-short-content = 实词
mixing-short-function = 虚词
mixing-short-explained = 最佳平均解释
mixing-short-parts = mean 减 cls
mixing-when-ablated = 有消融：这些余弦是与消融后的向量相比。
mixing-table-claim-numbers = 结论的依据：(a) 在自身向量中最大的词的比例，(b) 比 { $first } 更均匀的词的比例，(c) 最佳平均解释的部分，(d) 无关句子的余弦
mixing-own = { $measure } { $percent } %
mixing-more-even = 更均匀：{ $counts }
mixing-more-even-aside = 不计自身占比：{ $counts }
mixing-by-inputs = 输入向量的最佳平均解释 { $percent } %，需要 { $needed } %
mixing-by-outputs = 末层向量的最佳平均解释 { $percent } %
mixing-unrelated = 无关句子的余弦：cls { $cls }，mean { $mean }
mixing-claims-few = { $claims } · 少于 { $fewest } 句不作判断
mixing-background = 正在读入无关句子，{ $done } / { $of }
mixing-background-comparing = 无关句子已读入，正在两两比较 …
mixing-table-layers = { $token } 逐层由什么组成（{ $measure }）
mixing-table-tokens = 最后一层之后每个词元由什么组成（{ $measure }）
mixing-table-claims = 关于 { $first } 的说法，用这个句子检验
mixing-claim-a = 词在自己的向量中占最大部分
mixing-claim-b = { $first } 融合各词比任何词都均匀
mixing-claim-c = { $first } 是各词的加权平均
mixing-claim-d = { $first } 区分无关句子的能力不低于 mean
mixing-list-made-of = 向量逐层由什么组成（{ $measure }）
mixing-list-verdicts = 四种说法，用 { $sentences } 个句子检验；95 % 区间由对句子重采样得出
mixing-list-tests = 各项检验：起决定作用的检验在每种度量方法下都成立，说法才成立；只供与论文对比的度量方法不计
mixing-list-own = 词元在自己最后一层向量中的占比（不计偏置），以及它占最大部分的频率
mixing-list-evenness = 各词分占最后一层向量的均匀度：熵 / log n、基尼系数、最强的词是均等份额的几倍，以及 [CLS] 的均匀度与之相差多少
mixing-list-parts = 最后一层向量来自何处；variance：句向量彼此的差别来自何处
mixing-list-same = 每个句子的向量有多少是相同的，以及两个句子的平均余弦
mixing-list-taken = 各层注意力块中 [CLS] 有多少来自其他词元
mixing-list-blind = 让 [CLS] 只关注自身：其最后一层向量与真实向量的余弦，原样与按句子均值中心化
mixing-list-blind-of-one = 让 [CLS] 只关注自身：其最后一层向量与真实向量的余弦
mixing-list-explained = 词向量的最佳平均能解释 [CLS] 的多少，原样与中心化
mixing-list-explained-of-one = 词向量的最佳平均能解释 [CLS] 的多少
mixing-list-trust = 各词占比与去掉该词后向量变化的秩相关（Spearman）：该词替换为 [MASK]，或被屏蔽
mixing-page-made-of = 由什么组成？
mixing-next-page = { $key }：{ $page }
mixing-page-when = { $first } 何时读取句子？
mixing-page-special = { $first } 特殊吗？
mixing-caption-page = { $page } · { $measure }
mixing-command-next-page = 翻到下一页：组成、[CLS] 何时读取、[CLS] 是否特殊、四种说法、度量方法
mixing-command-order = 按下一列排序词元
mixing-command-order-bar = 排序
mixing-command-cancel-bar = 停止检验
mixing-column-strongest = 最强词
mixing-column-to-mean = ~均值
mixing-column-to-input = ~输入
mixing-column-to-unrelated-cls = ~外CLS
mixing-column-to-unrelated-mean = ~外均值
mixing-column-gini = Gini
mixing-column-others-gini = 除自身G
mixing-column-weight = 权重
mixing-column-raw = 原样
mixing-column-centred = 中心化
mixing-group-layer = 在此层
mixing-group-blind-here = 仅此层失明
mixing-group-blind-up-to = 到此层失明
mixing-blind-from = 从此层失明
mixing-group-blind-from = 从此层失明
mixing-special = 按“{ $column }”，{ $first } 排第 { $rank } 位，共 { $of }
mixing-special-columns = 均匀度：各词占比的熵 / log n；除自身：不计自身 · 最强词：均等份额的倍数 · ~：余弦，依次与均值、自身的输入、无关句子（外）的平均 { $first } 和平均均值
mixing-special-unknown = { $first } 没有这个数
mixing-when = 失明：{ $first } 在那里只关注自身；数值是其最后一层向量与真实向量的余弦
mixing-when-steps = 正在让 { $first } 只关注自身读入句子，{ $done } / { $of } · { $key }：取消
mixing-told-cosines = 余弦 { $raw }，中心化 { $centred }
mixing-told-cosine = 余弦 { $raw }
mixing-told-weight = 第 { $layer } 层：{ $first } 的注意力有 { $weight } % 在自身，其向量有 { $taken } % 来自其他词元。权重说明它关注哪里，不说明它由什么组成。
mixing-told-early = 在第 1 到 { $last } 层失明，最后的 { $first } 几乎不变（{ $cosines }）：它不在那里读取句子。
mixing-told-late = 仅在第 { $layer } 层失明，其中就几乎不再有这个句子（{ $cosines }）：它在那里读取。
mixing-told-most = 它在第 { $layer } 层读取最多：仅在该层失明，{ $cosines }。
mixing-table-blind = { $first } 何时读取：对自身的注意力权重，各层有多少取自其他词元，以及 { $first } 只关注自身时其最后一层向量与真实向量的余弦
mixing-table-traits = 每个最后一层向量如何融合各词，以及它与什么相近（{ $measure }）
mixing-command-blind = 让该词元在此层失明，即只关注自身，在每个视图中生效；再按一次恢复
mixing-command-blind-bar = 使失明
mixing-page-claims = 四种说法
mixing-page-trust = 每种度量方法有多可信
mixing-command-next-whole = 先解释全部词元的均值，再解释池化输出，再回到词元
mixing-command-next-whole-bar = 均值、池化
mixing-column-cancelling = 抵消
mixing-study-failed = 无法得出：{ $reason }
mixing-study-cancelled = 已取消 · { $key }：重新开始
mixing-claims-steps = 正在检验许多句子，{ $done } / { $of } · { $key }：取消
mixing-claims-unablated = { $claims }；众多句子不作消融
mixing-claims-own = { $sentences ->
   *[other] 在这个句子上，以及在你列表的 { $sentences } 个句子上；区间：95 %，对句子重采样
}
mixing-claims-background = { $sentences ->
   *[other] 在这个句子上，以及在 { $sentences } 个无关句子上；区间：95 %，对句子重采样
}
mixing-test-under = { $measure } { $number }
mixing-test-needs = 需要 { $needed } %
mixing-test-content-largest = 实词：
mixing-test-function-largest = 虚词：
mixing-test-content-even = 其均匀度减去实词的：
mixing-test-function-even = 其均匀度减去虚词的：
mixing-test-explained = 输入向量的最佳平均能解释
mixing-test-parts = mean 下两个句子的余弦减去 cls 下的：
mixing-trust = 各词占比与该词被替换为 [MASK] 或被屏蔽时向量转动多少的秩相关（Spearman）：1 表示完全能预示，0 表示毫无关系。
mixing-trust-steps = 正在不带每个词读入句子，第 { $done } / { $of } 步 · { $key }：取消
mixing-trust-list = { $sentences ->
   *[other] 这个句子，以及 { $sentences } 个句子的平均
}
mixing-trust-cls = cls，此句
mixing-trust-mean = mean，此句
mixing-trust-cls-list = cls，多句
mixing-trust-mean-list = mean，多句
mixing-trust-masked = 替换
mixing-trust-hidden = 屏蔽
mixing-number-of = { $measure }，第 { $layer } 层：{ $token } → { $token }
map-command-show = 散点图：列表中的句子是平面上的点
map-command-left = 到左边最近的点
map-command-right = 到右边最近的点
map-command-up = 到上边最近的点
map-command-down = 到下边最近的点
map-command-top = 到列表的第一个句子
map-command-bottom = 到列表的最后一个句子
map-command-point-color = 按类给点上色，或按在列表中的位置
map-command-point-color-bar = 颜色

matrix-tab = 矩阵
matrix-command-show = 矩阵：一层中每个词元到每个词元
matrix-command-open-head = 在此不起作用：矩阵已经打开
matrix-command-blind = 切断此格：在此层，行的词元不关注列的词元，在每个视图中生效；再按一次恢复
matrix-command-blind-bar = 切断此格
matrix-command-zoom = 切换带数字的大格和小格
matrix-command-zoom-bar = 缩放

pooling-tab = 池化
pooling-command-show = 池化：池化输出与序列输出的平均并列
pooling-command-next-page = 翻到下一页：概览、校准、各层、维度、词、最近
pooling-command-next-page-bar = 翻页
pooling-command-other-pooling = 显示另一种池化的维度或词
pooling-command-other-pooling-bar = 池化
pooling-command-carry-back = 在词一页，把余弦追溯到输入的词，或再显示最后一层
pooling-command-inputs-bar = 追溯到输入
pooling-command-last-layer-bar = 最后一层
pooling-command-words = 在词一页，按词或按词元计
pooling-command-up = 向上滚动；在“词”页上到上一个词
pooling-command-down = 向下滚动；在“词”页上到下一个词
pooling-command-left = 在“词”页上到左边的词
pooling-command-right = 在“词”页上到右边的词
pooling-command-page-up = 向上滚动一页
pooling-command-page-down = 向下滚动一页
pooling-command-top = 到第一行
pooling-command-bottom = 到最后一行
pooling-command-next-reading = 显示另一句的池化
pooling-command-next-reading-bar = 读入方式

sentences-tab = 句子
sentences-command-show = 句子：句子列表，两两比较
sentences-command-left = 移到左边一列
sentences-command-right = 移到右边一列
sentences-command-first = 到第一列
sentences-command-last = 到最后一列
sentences-command-list-order = 按原来的顺序，或聚类使相似的句子相邻
sentences-command-list-order-bar = 顺序
sentences-command-next-disagreement = 到两种池化分歧最大的一对，再按到下一对
sentences-command-next-disagreement-bar = 分歧最大
sentences-command-next-closest = 到左边池化下最接近的一对，再按到下一对
sentences-command-next-closest-bar = 最接近
sentences-command-previous-closest = 回到更接近的上一对
sentences-command-previous-closest-bar = 更接近
sentences-command-list-background = 余弦在列表内部排名，或与无关句子比较排名
sentences-command-list-background-list = 列表内排名
sentences-command-list-background-unrelated = 无关句中排名
sentences-command-previous-disagreement = 回到分歧更大的上一对
sentences-command-previous-disagreement-bar = 分歧更大

sweep-tab = 消融
sweep-command-show = 消融：逐个消融头或词，看改变了什么
sweep-command-up = 上移一行
sweep-command-down = 下移一行
sweep-command-page-up = 上移十行
sweep-command-page-down = 下移十行
sweep-command-top = 到第一行
sweep-command-bottom = 到最后一行
sweep-command-sweep-parts = 逐个消融头，或逐个屏蔽词
sweep-command-words-bar = 词
sweep-command-heads-bar = 头
sweep-command-sweep-order = 按 cls、pooled、mean 或源词元的损失排序，按位置，或按“各层”光标处单元格或“输出”中所选 logit 的变化
sweep-command-sweep-order-bar = 排序
sweep-command-start-sweep = 重新开始逐个消融
sweep-command-start-sweep-bar = 开始
sweep-command-ablate-head = 消融光标处的头或词；再按一次恢复
sweep-command-ablate-bar = 消融它
sweep-command-restore-bar = 恢复它

command-left = 移到左边的词元
command-right = 移到右边的词元
command-first = 到第一个词元
command-last = 到最后一个词元
command-page-left = 左移十个词元
command-page-right = 右移十个词元
command-layer-up = 移到上一层
command-layer-down = 移到下一层
command-layer-top = 到第一层
command-layer-bottom = 到最后一层
command-source-up = 移到上一行：前一个词元的注意力
command-source-down = 移到下一行：后一个词元的注意力
command-source-top = 到第一行
command-source-bottom = 到最后一行
command-previous-layer = 显示上一层
command-previous-layer-bar = 上一层
command-next-layer = 显示下一层
command-next-layer-bar = 下一层
command-strongest = 到本行注意力最多的词元
command-strongest-bar = 最强
command-find = 查找词元
command-find-bar = 查找
command-find-next = 到下一个匹配
command-find-next-bar = 下一个
command-find-previous = 到上一个匹配
command-find-previous-bar = 上一个

command-previous-head = 显示上一个头
command-previous-head-bar = 头 −
command-next-head = 显示下一个头
command-next-head-bar = 头 +
command-mean-of-heads = 显示所有头的平均
command-mean-of-heads-bar = 平均
command-max-of-heads = 显示所有头中的最大
command-max-of-heads-bar = 最大
command-mark-head = 标记头或取消标记：平均和最大取自标记的头，没有标记则取自所有头
command-mark-head-bar = 标记头
command-mark-token = 标记词元或取消标记：标记的词元的占比相加
command-mark-token-bar = 标记
command-unmark = 取消所有词元和头的标记
command-unmark-bar = 取消标记
command-turn-around = 显示词元关注什么，或哪些词元关注它
command-turn-around-bar = 反向
command-specials = [SEP] 等特殊词元：显示、隐藏，或隐藏并把其余按 100 % 计
command-specials-bar = 特殊词元
command-words = 按子词或按词计：目标相加，源取平均
command-words-bar = 按词
command-scale = 色阶的上限：全图最大、每行最大或 100 %
command-scale-bar = 色阶
command-next-measure = 下一种度量：注意力权重，或词元从别的词元取来多少
command-next-measure-bar = 度量
command-previous-measure = 上一种度量
command-previous-measure-bar = 上一种度量
command-ablate-head = 消融头或整层的头；再按一次恢复
command-ablate-head-bar = 消融头
command-ablate-layer-bar = 消融整层
command-restore-bar = 恢复
command-ablate-token = 消融词元：对其他词元屏蔽；按第二次替换为 [MASK]，第三次恢复
command-ablate-token-bar = 消融词元
command-undo-ablation = 撤销上一次消融
command-about-bar = 衡量对象
command-about = 先在 cls、pooled、mean、源词元、光标处的单元格或“输出”中所选的 logit 上衡量消融的影响
command-undo-ablation-bar = 撤销消融
command-pin-baseline = 把当前内容固定为基准，再与别的头、层、句子或模型对比
command-pin-baseline-bar = 固定
command-unpin-baseline = 取消基准
command-unpin-baseline-bar = 取消基准
command-next-reading = 换下一种读入方式：合并、只读 A、只读 B
command-next-reading-bar = 读入方式

list-command-up = 移到上一个句子
list-command-down = 移到下一个句子
list-command-previous-line = 到列表中的上一个句子
list-command-previous-line-bar = 上一句
list-command-next-line = 到列表中的下一个句子
list-command-next-line-bar = 下一句
list-command-page-up = 上移十个句子
list-command-page-down = 下移十个句子
list-command-top = 到第一个句子
list-command-bottom = 到最后一个句子
list-command-remove-line = 删除光标处的句子
list-command-remove-line-bar = 删除
list-command-undo-list = 撤销对列表的上一次修改
list-command-undo-list-bar = 撤销
list-command-line-to-a = 把光标处的句子读作 A
list-command-line-to-a-bar = 作为 A
list-command-line-to-b = 把光标处的句子读作 B
list-command-line-to-b-bar = 作为 B
list-command-left-pooling = 左边换一种池化
list-command-left-pooling-bar = 左边池化
list-command-right-pooling = 右边换一种池化
list-command-right-pooling-bar = 右边池化
list-command-read-list = 读入还没有读的句子
list-command-read-list-bar = 继续
list-command-find = 查找句子
list-command-find-bar = 查找
list-command-add-line = 输入一个句子，回车后接着输入下一句
list-command-add-line-bar = 输入
list-command-edit-line = 编辑光标处的句子
list-command-edit-line-bar = 编辑

app-command-edit-sentence = 编辑句子
app-command-edit-sentence-bar = 编辑
app-command-edit-pair = 编辑第二个句子（留空则只读一句）
app-command-edit-pair-bar = 编辑 B
app-command-example = 载入下一个例句
app-command-example-bar = 例句
app-command-pick-model = 换一个模型
app-command-pick-model-bar = 模型
app-command-add-to-list = 把句子 A 和 B 加入句子列表
app-command-add-to-list-bar = 加入列表
app-command-copy-table = 复制视图的表格
app-command-copy-table-bar = 复制表格
app-command-export = 把当前内容写入文件；下一个键选择格式
app-command-export-bar = 导出
app-command-save-session = 把会话存入文件；用 clscope open FILE 打开
app-command-save-session-bar = 保存
app-command-restore-session = 恢复上次退出时保存的会话
app-command-restore-session-bar = 上次会话
app-command-lessons = 选一门课程：先预测，再测量，后下结论
app-command-lessons-bar = 课程
app-command-note = 为屏幕上的内容写一条笔记，随会话保存
app-command-note-bar = 笔记
app-command-projector = 投影模式：内容更少、更大；再按一次恢复
app-command-projector-bar = 投影
app-command-next-theme = 换下一个配色：深色、浅色、单色
app-command-next-theme-bar = 配色
# 纯文本方式（src/explorer/plain.rs）。
plain-greeting = 输入句子，或在冒号后输入命令：按键（:down、:f7）、:keys、:numbers、:facts、:b 第二句、:# 笔记、:W 课程、:q 退出。
plain-asks-sentence = 下一行是句子。
plain-asks-find = 下一行是要查找的文字。
plain-asks-note = 下一行是笔记。
plain-open = 已打开：{ $what }。:keys 列出按键，:esc 关闭。
plain-note = 笔记：{ $note }
plain-of-screen = 该功能只在屏幕界面上有
plain-unknown = 没有按键或命令 { $name }；:keys 列出此刻可用的
plain-view = 视图：{ $view }
plain-claims = 正在 { $sentences } 个句子上检验各种说法，可能要几分钟，其间不读取输入。
plain-unchanged = 这里没有变化。
plain-unablated = 已没有消融。
plain-shown = 显示：{ $title }
plain-number = { $of }：{ $number }
plain-key = :{ $commands }：{ $does }
app-command-mouse = 把鼠标交给终端以便选取文字；再按一次收回
app-command-mouse-bar = 鼠标
app-command-next-language = 切换界面语言（English）
app-command-next-language-bar = English
app-command-help = 显示所有按键
app-command-help-bar = 帮助
app-command-quit = 退出 clscope
app-command-quit-bar = 退出
app-command-suspend = 挂起到 shell（fg 返回 clscope）
app-command-suspend-bar = 挂起
app-command-redraw = 重画整个屏幕
app-command-redraw-bar = 重画
app-context-everywhere = 各处
app-context-everywhere-about = 文本框以外的各处

app-command-cancel = 取消逐个消融、度量计算、列表读入或下载；关闭错误提示
command-cancel-bar = 取消
command-cancel-list-bar = 取消读入
command-cancel-work-bar = 取消计算
command-cancel-download-bar = 取消下载
command-dismiss-bar = 关闭提示
sweep-command-cancel-bar = 停止逐个消融
app-command-next-view = 到下一个视图
app-command-previous-view = 到上一个视图
app-command-table = 以表格显示视图背后的数
app-command-table-bar = 表格
app-command-copy = 复制光标处的数
app-command-copy-bar = 复制

export-context = 写文件
export-context-about = 选择文件格式时
export-command-leave = 不写文件
export-command-leave-bar = 不写

note-context = 写笔记
note-context-about = 输入笔记时
note-command-commit = 把这一行加入笔记，笔记随会话保存
note-command-commit-bar = 加入笔记
note-command-last = 取回最后一行，修改或清空
note-command-last-bar = 最后一行
note-command-leave = 笔记保持原样
note-command-leave-bar = 返回
find-context = 查找词元
find-context-about = 查找词元时
find-command-commit = 停在匹配处
find-command-commit-bar = 停在此处
find-command-leave = 回到光标原来的位置
find-command-leave-bar = 返回

help-context = 帮助
help-context-about = 打开帮助时
help-command-leave = 关闭帮助
help-command-leave-bar = 关闭
help-command-up = 上滚一行
help-command-down = 下滚一行
help-command-page-up = 上滚十行
help-command-page-down = 下滚十行
help-command-top = 到第一行
help-command-bottom = 到最后一行

input-context = 输入时
input-context-about = 光标在文本框中时
input-command-commit = 到视图；没有输入则先载入例句
input-command-commit-bar = 读入
input-command-commit-line-bar = 确定
input-command-commit-example-bar = 例句
input-command-leave = 离开文本框
input-command-other-field = 到另一个文本框
input-command-other-field-bar = 另一框

picker-context = 选择模型
picker-context-about = 打开模型列表时
picker-command-open-model = 打开光标处的模型；Hub 上的模型先下载
picker-command-open-model-bar = 打开
picker-command-download-bar = 下载
picker-command-leave = 关闭列表
picker-command-leave-bar = 关闭
picker-command-up = 移到上一个模型
picker-command-down = 移到下一个模型
picker-command-page-up = 上移十个模型
picker-command-page-down = 下移十个模型

table-context = 表格
table-context-about = 打开表格时
table-command-table = 关闭表格
table-command-table-bar = 关闭
table-command-left = 移到左边一列
table-command-right = 移到右边一列
table-command-up = 移到上一行
table-command-down = 移到下一行
table-command-first = 到第一列
table-command-last = 到最后一列
table-command-page-up = 上移十行
table-command-page-down = 下移十行
table-command-top = 到第一行
table-command-bottom = 到最后一行
table-command-next-table = 显示视图的下一个表格
table-command-next-table-bar = 下一表格
table-command-sort-table = 按光标所在列排序，或恢复原来的顺序
table-command-sort-table-bar = 排序
table-command-copy = 复制光标处的数
table-command-copy-bar = 复制此数

bar-move = 移动
bar-layer = 层
bar-one-head = 单个头
bar-measure = 度量
bar-joined-a-b = 合并、A、B
bar-statistic = 统计量
bar-no-head = 不分头
bar-found = 匹配
bar-in-the-list = 列表
bar-poolings = 池化
bar-add-a-b = 加入 A、B
bar-make-it-a-b = 作为 A、B
bar-a-or-b = A 或 B
bar-closest = 最接近
bar-disagree-most = 分歧最大
bar-edit-a = 编辑 A
bar-previous-next = 前、后
bar-scroll = 滚动
bar-copy-all = 全部复制

text-command-text-left = 左移一个字符
text-command-text-right = 右移一个字符
text-command-word-left = 左移一个词
text-command-word-right = 右移一个词
text-command-text-start = 到文本开头
text-command-text-end = 到文本末尾
text-command-delete-back = 删除光标前的字符；许多终端的退格键发送 ctrl-h
text-command-delete-forward = 删除光标处的字符
text-command-delete-word = 删除光标前的词
text-command-clear-text = 清空文本框
text-command-clear-text-bar = 清空
