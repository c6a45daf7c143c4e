//! The first token is called what its tokenizer calls it.

use clscope::views::MixingPage;

use super::{listing::screen_lines, *};

#[test]
fn the_first_token_has_the_name_that_its_tokenizer_gives_it() {
    let mut explorer = Explorer::with(StandIn { first: "<s>", ..StandIn::USUAL }, SENTENCE, None).keys("f10");
    let mut named = 0;
    for _ in MixingPage::ALL {
        let lines = screen_lines(&explorer, WIDE);
        // What a key does is called the same in every model.
        assert!(lines.iter().all(|line| !line.replace("source [CLS]", "").contains("[CLS]")), "{lines:#?}");
        named += lines.iter().filter(|line| line.contains("<s>")).count();
        let titles: Vec<String> = explorer.app.tables().into_iter().map(|table| table.title).collect();
        assert!(titles.iter().any(|title| title == "What is said of <s>, tested on this sentence"), "{titles:?}");
        explorer = explorer.keys("v");
    }
    assert!(named > 10, "{named}");
}
