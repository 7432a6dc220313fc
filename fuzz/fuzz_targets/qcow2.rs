#![no_main]

use import_planner::image::qcow2;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(
    &[&qcow2::READER, &qcow2::v1::READER],
    input
));
