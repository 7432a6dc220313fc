#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::inspect(input));
