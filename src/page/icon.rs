//! The page's few icons, drawn by hand on a grid of 24.

use yew::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Disk,
    Check,
    Warning,
    Cross,
    Info,
    Copy,
    Download,
    Lock,
    Trash,
    Plus,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Self::Disk => {
                "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3"
            }
            Self::Check => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-4 9 3 3 5-6",
            Self::Warning => "M12 4 2.8 20h18.4L12 4zm0 6v4.5m0 2.7v.1",
            Self::Cross => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-3 6 6 6m0-6-6 6",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 8v5m0-8.6v.1",
            Self::Copy => "M9 9h11v12H9zM5 15H4V3h11v2",
            Self::Download => "M12 4v12m-5-5 5 5 5-5M4 20h16",
            Self::Lock => "M6 11h12v9H6zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
            Self::Trash => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
            Self::Plus => "M12 5v14M5 12h14",
        }
    }
}

/// An icon; it is never alone in saying something, so it is hidden from screen readers.
pub(super) fn icon(shape: Shape) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={shape.path()} /></svg>
    }
}
