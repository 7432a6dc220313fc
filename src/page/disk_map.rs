//! The disk drawn to scale, with SVG attributes: the page's policy blocks `style`.

use crate::present::block::Map;
use yew::prelude::*;

/// The drawing.
pub(super) fn disk_map(map: &Map) -> Html {
    html! {
        <figure class="disk-map">
            <svg viewBox="0 0 10000 52" preserveAspectRatio="none" role="img" aria-label={map.label.clone()}>
                <rect class="free" x="0" y="0" width="10000" height="52" />
                { rectangles(&map.parts, "0", "52", colour) }
                { rectangles(&map.allocated, "46", "6", |_| "allocated".into()) }
            </svg>
            if !map.caption.is_empty() {
                <figcaption class="small soft">{ &map.caption }</figcaption>
            }
        </figure>
    }
}

fn rectangles(
    places: &[[u32; 2]],
    y: &'static str,
    height: &'static str,
    class: fn(usize) -> String,
) -> Html {
    html! {
        <g>
            for (index, [x, width]) in places.iter().enumerate() {
                <rect key={index} class={class(index)} x={x.to_string()} {y} width={width.to_string()} {height} />
            }
        </g>
    }
}

/// A small field in the colour of the part at `index`.
pub(super) fn swatch(index: usize) -> Html {
    html! { <svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect class={colour(index)} width="1" height="1" /></svg> }
}

fn colour(index: usize) -> String {
    format!("part part-{}", index % 4)
}
