#![no_main]

use import_planner::image::compressed;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(compressed::READERS, input));
