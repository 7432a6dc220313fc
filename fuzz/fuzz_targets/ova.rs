#![no_main]

use import_planner::image::ova;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(
    &[&ova::READER, &ova::DESCRIPTOR_READER],
    input
));
