//! Addresses of pages: reading what people type, and joining where a site redirects to.

use std::fmt;
use std::net::IpAddr;

/// An address of the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    secure: bool,
    /// In lower case; an IPv6 address in brackets.
    host: String,
    port: Option<u16>,
    /// The path and what follows it, beginning with a slash; without the fragment, which a server never sees.
    path: String,
}

/// Why words are no address that can be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Neither `http://` nor `https://`.
    #[error("it is no web address (http:// or https://); of a file, name its path")]
    Scheme,
    /// Nothing, or what cannot be a host.
    #[error("it names no host; a name in other letters has an ASCII form that begins with xn--")]
    Host,
    /// `user:password@`.
    #[error("it holds a user name, which is never sent; leave it out")]
    User,
}

/// True for what is meant as an address rather than a file, whatever its scheme; which ones can be fetched is [`Address::parse`]'s.
#[must_use]
pub fn is_address(words: &str) -> bool {
    let scheme =
        |s: &str| s.starts_with(|c: char| c.is_ascii_alphabetic()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    words.split_once("://").is_some_and(|(before, _)| scheme(before))
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is none that can be fetched.
    pub fn parse(words: &str) -> Result<Self, Error> {
        let (secure, rest) = match words.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (true, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (false, rest),
            _ => return Err(Error::Scheme),
        };
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(Error::User);
        }
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port = match port {
            None | Some("") => None,
            Some(port) => Some(port.parse().map_err(|_| Error::Host)?),
        };
        let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
        let valid = match bare {
            Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
            None => {
                !host.is_empty() && host.len() <= 253 && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
            }
        };
        if !valid {
            return Err(Error::Host);
        }
        Ok(Self { secure, host: host.to_ascii_lowercase(), port, path: path_of(path) })
    }

    /// Where `to`, a link on this page, leads.
    ///
    /// # Errors
    /// When that is no address that can be fetched.
    pub fn join(&self, to: &str) -> Result<Self, Error> {
        let to = to.trim();
        let scheme = if self.secure { "https:" } else { "http:" };
        if to.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
            return Self::parse(to);
        }
        if to.starts_with("//") {
            return Self::parse(&format!("{scheme}{to}"));
        }
        let path = self.path.split('?').next().unwrap_or("/");
        let joined = match to.chars().next() {
            Some('/') => to.to_owned(),
            None | Some('#') => self.path.clone(),
            Some('?') => format!("{path}{to}"),
            _ => format!("{}/{to}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        };
        Ok(Self { path: path_of(&joined), ..self.clone() })
    }

    /// The host, without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.host.trim_matches(['[', ']'])
    }

    /// True when both are of one server: host and port.
    #[must_use]
    pub fn is_server_of(&self, other: &Self) -> bool {
        (self.secure, &self.host, self.port) == (other.secure, &other.host, other.port)
    }

    /// True for `https`.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// True when the address itself, before any name is looked up, is of a private network: the reader means it.
    #[must_use]
    pub fn is_private_as_typed(&self) -> bool {
        let host = self.host();
        host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok_and(super::guard::is_private)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.secure { "https" } else { "http" }, self.host)?;
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        f.write_str(&self.path)
    }
}

/// A path as it is sent: without fragment and dots, what is no ASCII in percent signs.
fn path_of(path: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let mut parts: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').skip(usize::from(path.starts_with('/'))).collect();
    for (i, segment) in segments.iter().enumerate() {
        let last = i + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    parts.pop();
                }
                if last {
                    parts.push("");
                }
            }
            segment => parts.push(segment),
        }
    }
    let mut out = String::from("/");
    for byte in format!("{}{query}", parts.join("/")).bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Result<String, Error> {
        Address::parse(words).map(|a| a.to_string())
    }

    #[test]
    fn addresses_as_people_type_them() {
        assert_eq!(shown("HTTPS://Example.org").as_deref(), Ok("https://example.org/"));
        assert_eq!(shown("http://example.org:8080/a b?q=é#x").as_deref(), Ok("http://example.org:8080/a%20b?q=%C3%A9"));
        assert_eq!(shown("http://[::1]:80/x").as_deref(), Ok("http://[::1]:80/x"));
        assert_eq!(shown("ftp://example.org"), Err(Error::Scheme));
        assert_eq!(shown("https://"), Err(Error::Host));
        assert_eq!(shown("https://münchen.example/"), Err(Error::Host));
        assert_eq!(shown("https://a:b@example.org/"), Err(Error::User));
        assert_eq!(shown("https://example.org:99999/"), Err(Error::Host));
    }

    #[test]
    fn what_is_meant_as_an_address() {
        assert!(["HTTP://example.org", "ftp://example.org/a", "file:///tmp/a"].into_iter().all(is_address));
        assert!(["a.txt", "notes: why", "://x", "a b://c", "/tmp/http://"].into_iter().all(|w| !is_address(w)));
    }

    #[test]
    fn links_are_joined() {
        let page = Address::parse("https://example.org/news/a.html?x=1").expect("an address");
        let join = |to: &str| page.join(to).map(|a| a.to_string());
        assert_eq!(join("b.html").as_deref(), Ok("https://example.org/news/b.html"));
        assert_eq!(join("../b").as_deref(), Ok("https://example.org/b"));
        assert_eq!(join("/c?y#z").as_deref(), Ok("https://example.org/c?y"));
        assert_eq!(join("?y").as_deref(), Ok("https://example.org/news/a.html?y"));
        assert_eq!(join("//other.example/d").as_deref(), Ok("https://other.example/d"));
        assert_eq!(join("http://other.example").as_deref(), Ok("http://other.example/"));
        assert_eq!(join("javascript:alert(1)"), Err(Error::Scheme));
        assert_eq!(join("file:///etc/passwd"), Err(Error::Scheme));
    }

    #[test]
    fn private_as_typed() {
        let typed = |a: &str| Address::parse(a).expect("an address").is_private_as_typed();
        assert!(typed("http://127.0.0.1:8000/") && typed("http://localhost/") && typed("http://[::1]/") && typed("http://192.168.1.2/"));
        assert!(!typed("http://example.org/") && !typed("http://93.184.216.34/"));
    }
}
