//! Files beside a PNG that tell a GIS where its pixels lie on the earth.

use crate::render::scene::Scene;

impl Scene {
    /// A world file (`.pgw`): the size of a pixel and the middle of the upper left one, in metres
    /// of [`Scene::reference_system`].
    #[must_use]
    pub fn world_file(&self) -> String {
        let (corner, pixel) = self.projection.corner_and_pixel();
        let (x, y) = (corner.x + pixel / 2.0, corner.y - pixel / 2.0);
        format!("{pixel:.10}\n0.0\n0.0\n-{pixel:.10}\n{x:.6}\n{y:.6}\n")
    }

    /// The reference system of the world file, as the text of a `.prj` file.
    #[must_use]
    pub fn reference_system(&self) -> String {
        self.projection.well_known_text()
    }

    /// Both for GDAL and QGIS (`.png.aux.xml`), which read no `.prj` beside a PNG.
    #[must_use]
    pub fn auxiliary_xml(&self) -> String {
        let (corner, pixel) = self.projection.corner_and_pixel();
        let system = self.reference_system().replace('"', "&quot;");
        format!(
            "<PAMDataset>\n  <SRS>{system}</SRS>\n  \
             <GeoTransform>{:.6}, {pixel:.10}, 0, {:.6}, 0, -{pixel:.10}</GeoTransform>\n\
             </PAMDataset>\n",
            corner.x, corner.y
        )
    }
}
