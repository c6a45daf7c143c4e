use clscope::{bert::*, models::*};
fn main() {
    let t = std::time::Instant::now();
    let backend: Backend = std::env::args().nth(2).unwrap_or("flex".into()).parse().unwrap();
    let b = ModelSource::parse(&std::env::args().nth(1).unwrap()).unwrap().load(backend).unwrap();
    println!("{:?} {:?}", t.elapsed(), b.info());
    for _ in 0..20 {
        let t = b.trace(&Input::single("The animal didn't cross the street because it was too tired.")).unwrap();
        println!("{:?}", t.elapsed);
    }
}
