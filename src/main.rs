//! dev
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use khatt::data::DataFolder;
use std::path::Path;
fn main() {
    let mut args: Vec<String> = std::env::args().collect();
    let mut data = DataFolder::Bundled;
    if args.get(1).is_some_and(|a| a == "--data") {
        data = DataFolder::Folder(args[2].clone().into());
        args.drain(1..3);
    }
    let ex = khatt::extract::Extractor::load(&data).unwrap_or_else(|e| {
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
        for rep in &r.reports {
            println!("{}", khatt::output::jsonl::line(rep, &ex.extract(rep), &ex));
        }
    }
}
