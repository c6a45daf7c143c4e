//! candle's BERT, asked as `tests/benches/forward.rs` is: `bench_candle MODEL` prints the milliseconds of loading, then
//! answers each line of `TOKENS SENTENCES` with those of one pass. It returns the last hidden state alone.

use std::{io::BufRead, path::PathBuf, time::Instant};

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("MODEL")?);
    let start = Instant::now();
    let config: Config = serde_json::from_slice(&std::fs::read(folder.join("config.json"))?)?;
    let weights = std::fs::read(folder.join("model.safetensors"))?;
    let model = BertModel::load(VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)?, &config)?;
    println!("{}", start.elapsed().as_secs_f64() * 1e3);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (tokens, sentences) = line.split_once(' ').ok_or("TOKENS SENTENCES")?;
        let (tokens, sentences): (usize, usize) = (tokens.parse()?, sentences.parse()?);
        let ids = Tensor::full(1996u32, (sentences, tokens), &Device::Cpu)?;
        let start = Instant::now();
        model.forward(&ids, &ids.zeros_like()?, None)?;
        println!("{}", start.elapsed().as_secs_f64() * 1e3);
    }
    Ok(())
}
