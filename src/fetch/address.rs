//! Which addresses may be reached.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;

/// Looks up the socket addresses of a host.
pub(super) type Resolver = fn(&Url) -> std::io::Result<Vec<SocketAddr>>;

/// Tells which machines may be reached.
pub(super) type Bounds = fn(SocketAddr) -> bool;

/// Every machine may be reached, also those of the reader's own network.
pub(super) const ANYWHERE: Bounds = |_| true;
/// Only machines of the open internet.
pub(super) const PUBLIC: Bounds = |socket| is_public(socket.ip());

/// The resolver of the system.
pub(super) fn system(url: &Url) -> std::io::Result<Vec<SocketAddr>> {
    url.socket_addrs(|| None)
}

/// The socket addresses of an address that may be reached, looked up once. The connection must
/// go to these very ones: a name that is resolved a second time may stand for another machine.
///
/// # Errors
///
/// The reason why it may not be reached.
pub(super) fn checked(
    url: &Url,
    resolver: Resolver,
    bounds: Bounds,
) -> Result<Vec<SocketAddr>, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "`{}` addresses are not fetched; use http or https",
            url.scheme()
        ));
    }
    let sockets = resolver(url).map_err(|e| format!("its host is not found ({e})"))?;
    if !sockets.iter().all(|socket| bounds(*socket)) {
        return Err("its host is in a private network; allow it with --allow-private".to_owned());
    }
    Ok(sockets)
}

/// True for an address of the open internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_benchmark = a == 198 && (b == 18 || b == 19);
    let is_protocol = a == 192 && b == 0 && c == 0;
    !(v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_documentation()
        || is_shared
        || is_benchmark
        || is_protocol
        || a == 0
        || a >= 224)
}

/// Only global unicast, without the ranges that carry a hidden IPv4 address.
fn is_public_v6(v6: Ipv6Addr) -> bool {
    if let Some(v4) = v6.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [first, second, ..] = v6.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_teredo = first == 0x2001 && second == 0;
    let is_documentation = first == 0x2001 && second == 0xdb8;
    is_global && !is_teredo && !is_documentation && first != 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_open_internet_are_public() {
        let cases = [
            ("8.8.8.8", true),
            ("2606:4700::1111", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.20.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("224.0.0.1", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:127.0.0.1", false),
            ("2002:7f00:1::", false),
            ("64:ff9b::7f00:1", false),
        ];
        for (address, expected) in cases {
            assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
        }
    }
}
