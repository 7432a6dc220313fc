//! Writes out the file that an input stands for: `cargo run --example unpack -- artifacts/vmdk/crash-… disk.vmdk`.

use import_planner_fuzz::sparse::SparseFile;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output] = arguments.as_slice() else {
        return Err(std::io::Error::other("two arguments are needed: the input and the file to write"));
    };
    let file = SparseFile::from_input(&std::fs::read(input)?);
    println!("options: {:#04x}", file.options());
    file.write_to(&std::fs::File::create(output)?)
}
