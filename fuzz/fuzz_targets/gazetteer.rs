//! Any bytes as a gazetteer.
#![no_main]

use khatt::data::DataFolder;
use khatt::gazetteer::Gazetteer;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let data = DataFolder::patched("gazetteer.csv", bytes.to_vec());
    if let Ok(gazetteer) = Gazetteer::load(&data) {
        for (place, _) in gazetteer.iter() {
            let _ = gazetteer.ancestors(place).take(100_000).count();
        }
    }
});
