#![no_main]

use import_planner::image::qed;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&qed::READER], input));
