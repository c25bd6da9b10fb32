//! A series as a moving picture.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod program;

use std::io::Cursor;

use program::Folder;

const SERIES: [&str; 8] = [
    "-q",
    "map",
    "--from",
    "2018-12-01",
    "--to",
    "2018-12-22",
    "--step",
    "1w",
];

fn run(folder: &Folder, more: &[&str]) -> program::Run {
    let mut arguments = SERIES.to_vec();
    arguments.extend(["--format", "csv", "--size", "640x480"]);
    arguments.extend(more);
    folder.run(&arguments)
}

#[test]
fn days_become_one_moving_picture() {
    let folder = Folder::new();
    let done = run(&folder, &["--animate", "film.png", "--frame-ms", "250"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let bytes = std::fs::read(folder.path("film.png")).unwrap();
    let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
    let control = *reader.info().animation_control().unwrap();
    assert_eq!((control.num_frames, control.num_plays), (4, 0));
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let mut delays = Vec::new();
    let mut opaque = Vec::new();
    for _ in 0..4 {
        let info = reader.next_frame(&mut buffer).unwrap();
        assert_eq!((info.width, info.height), (640, 480));
        delays.push(reader.info().frame_control().unwrap().delay_num);
        opaque.push(
            buffer
                .chunks_exact(4)
                .filter(|pixel| pixel[3] == 255)
                .count(),
        );
    }
    assert_eq!(delays, [250, 250, 250, 1000]);
    // The first picture is whole; the others say what changed.
    assert_eq!(opaque[0], 640 * 480);
    assert!(
        opaque[1..].iter().all(|n| (1..640 * 480 / 3).contains(n)),
        "{opaque:?}"
    );

    let again = run(&folder, &["--animate", "again.png", "--frame-ms", "250"]);
    assert_eq!(again.code, Some(0));
    assert!(bytes == std::fs::read(folder.path("again.png")).unwrap());
}

#[test]
fn days_become_numbered_pictures() {
    let folder = Folder::new();
    let done = run(&folder, &["--animate", "frames"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let names: Vec<String> = folder.files("frames").into_keys().collect();
    assert_eq!(names, ["0001.png", "0002.png", "0003.png", "0004.png"]);
}

#[test]
fn other_films_are_refused() {
    let folder = Folder::new();
    let done = run(&folder, &["--animate", "film.gif"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.contains(".png"), "{}", done.stderr);
}
