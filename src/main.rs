//! dev
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use std::path::Path;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let ex =
        khatt::extract::Extractor::load(&khatt::data::DataFolder::Bundled).unwrap_or_else(|e| {
            println!("{e}");
            std::process::exit(1)
        });
    for a in &args[4..] {
        let p = Path::new(a);
        let files = if p.is_dir() {
            khatt::report::files_below(p).unwrap()
        } else {
            vec![p.to_owned()]
        };
        let mut r = khatt::report::ReadReports::default();
        for f in files {
            r.add_file(&f);
        }
        for q in &r.problems {
            println!("{q}");
        }
        for rep in &r.reports {
            println!("{}", khatt::output::jsonl::line(rep, &ex.extract(rep), &ex));
        }
    }
}
