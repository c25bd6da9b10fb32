//! Any bytes as GeoJSON: the rivers of a base map, or its subdistricts when they begin with a space.
#![no_main]

use khatt::basemap::BaseMap;
use khatt::data::DataFolder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let layer = if bytes.first() == Some(&b' ') { "subdistricts" } else { "rivers" };
    let data = DataFolder::patched(&format!("basemap/{layer}.geojson"), bytes.to_vec());
    let _ = BaseMap::load(&data);
});
