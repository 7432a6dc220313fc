//! How the person wants an upload done: how much of it at a time, how fast, and by which of S3's endpoints.

use super::endpoint::Network;
use super::part_plan::MIB;
use super::source::USUAL_PARALLEL;
use crate::read::read;
use serde::{Deserialize, Serialize};

/// The most parts at a time that may be asked for. A browser opens six connections to a host by HTTP/1.1; a server of
/// HTTP/2 takes more on one.
pub const MOST_PARALLEL: u8 = 16;

/// The slowest that an upload may be asked to be, in bytes a second. The limit holds between parts: below this, an
/// ordinary part would come once in more than a minute.
pub const SLOWEST: u64 = MIB / 4;

/// How much of an upload is sent at a time, and how fast. It can be changed while the upload runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Parts at a time.
    pub parallel: u32,
    /// The most bytes a second, on the average over a few parts; `None` for no limit.
    pub speed_limit: Option<u64>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { parallel: USUAL_PARALLEL.into(), speed_limit: None }
    }
}

impl Pace {
    /// Parts at a time, as the engine counts them.
    pub fn most(self) -> u8 {
        u8::try_from(self.parallel).map_or(MOST_PARALLEL, |most| most.clamp(1, MOST_PARALLEL))
    }
}

/// By which of S3's endpoints the page reaches a bucket with credentials. A ticket and a URL hold their addresses; the
/// scripts that make them sign for the one that is chosen here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Route {
    /// One of [`NETWORKS`]; empty for the first.
    pub network: String,
    /// The origin of a server of one's own, which takes the place of AWS's; empty for none.
    pub server: String,
    /// Whether the bucket stands in the path rather than in the host's name.
    pub by_path: bool,
}

/// The endpoints of AWS that can be chosen, by the names under which AWS's own tools know them.
pub const NETWORKS: [(&str, Network); 5] = [
    ("regional", Network::Regional),
    ("dualstack", Network::DualStack),
    ("accelerate", Network::Accelerated),
    ("accelerate-dualstack", Network::AcceleratedDualStack),
    ("fips", Network::Fips),
];

impl Route {
    /// The endpoint, and whether the bucket stands in the path. What is chosen here comes before the server that
    /// credentials may name; a server of one's own is reached by path, since its name seldom covers a bucket's.
    pub fn network(&self, named_by_credentials: Option<&str>) -> (Network, bool) {
        let own = Some(self.server.trim()).filter(|server| !server.is_empty()).or(named_by_credentials);
        if let Some(server) = own {
            return (Network::Own(server.to_owned()), true);
        }
        (self.endpoint(), self.by_path)
    }

    /// The endpoint of AWS that was chosen: what a ticket and a URL are signed for, too.
    pub fn endpoint(&self) -> Network {
        let chosen = NETWORKS.into_iter().find(|(name, _)| *name == self.network);
        chosen.map_or(Network::Regional, |(_, network)| network)
    }
}

read!(struct Pace { parallel, speed_limit });
read!(struct Route { network, server, by_path });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_was_entered_comes_before_that_of_the_credentials() {
        let route = Route { network: "accelerate".into(), ..Route::default() };
        assert_eq!(route.network(None), (Network::Accelerated, false));
        assert_eq!(
            route.network(Some("https://a.example")),
            (Network::Own("https://a.example".into()), true)
        );
        let route = Route { server: " https://b.example ".into(), ..route };
        assert_eq!(
            route.network(Some("https://a.example")),
            (Network::Own("https://b.example".into()), true)
        );
        let unknown = Route { network: "pigeon".into(), by_path: true, ..Route::default() };
        assert_eq!(unknown.network(None), (Network::Regional, true));
    }

    #[test]
    fn the_engine_is_never_asked_for_more_than_there_is() {
        for (parallel, most) in [(0, 1), (16, 16), (17, 16), (u32::MAX, 16)] {
            assert_eq!(Pace { parallel, speed_limit: None }.most(), most);
        }
    }
}
