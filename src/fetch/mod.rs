//! The network: fetches the one page that the reader asked for.
//!
//! One request, and one more for each redirect: no cookies, no referrer, nothing that the page mentions. Who asks is said as it is
//! (`pullquote/VERSION`). Private addresses are reached only when the reader typed one; every hop is checked after its name was resolved
//! ([`guard`]). This is the only module that opens a connection; it touches no file.

pub mod address;
pub mod guard;

use std::io::Read;
use std::time::Duration;

use ureq::http::{Response, StatusCode, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use address::Address;
use guard::Guard;

/// How much of a page is taken, after it was uncompressed.
pub const LIMIT: u64 = 32 << 20;

/// How long a page may take, redirects included in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// To find the host and be connected.
    pub connect: Duration,
    /// Until an answer begins. All of the page may take [`BODY`] times as long.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), whole: Duration::from_secs(30) }
    }
}

/// How much longer than its first word a page may take as a whole: it may be large, and the line slow.
pub const BODY: u32 = 4;

/// Redirects that are followed.
const HOPS: usize = 5;

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The body, uncompressed.
    pub bytes: Vec<u8>,
    /// Where it came from in the end.
    pub address: String,
    /// The hops, when there were any: the addresses that redirected, in order.
    pub redirects: Vec<String>,
    /// The content type without parameters, in lower case; empty when none was given.
    pub media_type: String,
    /// The charset that the content type names.
    pub charset: Option<String>,
}

/// Why nothing came. Each message is one line that reads well after "cannot read 'https://…': ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The reader's address cannot be used.
    #[error("{0}")]
    Address(#[from] address::Error),
    /// The host is not there, or there is no network.
    #[error("the host '{0}' cannot be found; check the address and the network")]
    NoHost(String),
    /// An address inside the reader's own network.
    #[error("'{0}' leads into a private network; only an address that you type yourself may do that")]
    Private(String),
    /// No connection.
    #[error("cannot connect to '{host}': {why}")]
    NoConnection {
        /// The host.
        host: String,
        /// What the system says.
        why: String,
    },
    /// The connection is not secure.
    #[error("the connection to '{host}' is not secure ({why}); nothing was read")]
    Tls {
        /// The host.
        host: String,
        /// What is wrong with it.
        why: String,
    },
    /// It takes too long.
    #[error("{0}; try again")]
    TimeOut(&'static str),
    /// The site wants fewer requests.
    #[error("the site wants fewer requests ({status}); try again {when}")]
    TooOften {
        /// "429 Too Many Requests".
        status: String,
        /// "later", or "after 30 seconds".
        when: String,
    },
    /// The site refuses.
    #[error(
        "the site refuses it ({status}): it may be behind a paywall, or for browsers alone; save the page in a browser and open the file"
    )]
    Refused {
        /// "403 Forbidden".
        status: String,
    },
    /// There is no such page.
    #[error("there is no such page ({status}); check the address")]
    NotThere {
        /// "404 Not Found".
        status: String,
    },
    /// Another status than success.
    #[error("the site answers {status}; try again later")]
    Status {
        /// "503 Service Unavailable".
        status: String,
    },
    /// Redirects without an end, or without an address.
    #[error("{0}")]
    Redirect(String),
    /// No text.
    #[error("it is {0}, not an article")]
    NotText(String),
    /// More than [`LIMIT`].
    #[error("it is larger than {} MiB", LIMIT >> 20)]
    TooLarge,
    /// The answer makes no sense.
    #[error("the answer cannot be read: {0}")]
    Broken(String),
}

/// Fetches a page.
///
/// # Errors
/// One of [`Error`], for the hop where it happened.
pub fn fetch(typed: &str, patience: Patience) -> Result<Fetched, Error> {
    let typed = Address::parse(typed)?;
    let mut address = typed.clone();
    let mut redirects = Vec::new();
    loop {
        // What the reader typed may be a private address; where a site leads may not, but for another page of the very server that was typed.
        let guard = Guard { private: typed.is_private_as_typed() && address.is_server_of(&typed) };
        let response = ask(&address, guard, patience)?;
        if !matches!(response.status().as_u16(), 300..=303 | 307 | 308) {
            return take(response, &address, redirects);
        }
        let to = response.headers().get(header::LOCATION).and_then(|v| v.to_str().ok());
        let to = to.ok_or_else(|| Error::Redirect("the site redirects to nowhere".into()))?;
        let next = address.join(to).map_err(|why| Error::Redirect(format!("the site redirects to '{to}': {why}")))?;
        if redirects.len() == HOPS {
            return Err(Error::Redirect(format!("more than {HOPS} redirects, the last to '{next}'")));
        }
        if address.is_secure() && !next.is_secure() {
            return Err(Error::Redirect(format!("the site redirects to '{next}', which is not secure; nothing was read")));
        }
        redirects.push(address.to_string());
        address = next;
    }
}

/// One request.
fn ask(address: &Address, guard: Guard, patience: Patience) -> Result<Response<Body>, Error> {
    let config = Agent::config_builder()
        .user_agent(concat!("pullquote/", env!("CARGO_PKG_VERSION")))
        .accept("text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1")
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .timeout_connect(Some(patience.connect))
        .timeout_resolve(Some(patience.connect))
        .timeout_recv_response(Some(patience.whole))
        .timeout_recv_body(Some(patience.whole * BODY))
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
    agent.get(address.to_string()).call().map_err(|e| error(&e, address))
}

/// Takes the body of the last answer.
fn take(mut response: Response<Body>, address: &Address, redirects: Vec<String>) -> Result<Fetched, Error> {
    let status = response.status();
    if !status.is_success() {
        return Err(refusal(status, response.headers().get(header::RETRY_AFTER).and_then(|v| v.to_str().ok())));
    }
    let coding = response.headers().get(header::CONTENT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    if !matches!(coding.as_str(), "" | "identity" | "gzip" | "x-gzip" | "br") {
        return Err(Error::Broken(format!("it is compressed as '{}', which was not asked for", one_line(&coding))));
    }
    let said = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let mut parts = said.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    if !is_text(&media_type) {
        return Err(Error::NotText(media_type));
    }
    let charset = parts.find_map(|p| {
        let (key, value) = p.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    let mut bytes = Vec::new();
    let reader = response.body_mut().as_reader();
    reader.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|e| error(&ureq::Error::from(e), address))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Error::TooLarge);
    }
    Ok(Fetched { bytes, address: address.to_string(), redirects, media_type, charset })
}

fn is_text(media_type: &str) -> bool {
    media_type.is_empty()
        || media_type.starts_with("text/") && !matches!(media_type, "text/css" | "text/javascript" | "text/csv" | "text/calendar")
        || matches!(media_type, "application/xhtml+xml" | "application/xml" | "application/octet-stream")
}

fn refusal(status: StatusCode, retry_after: Option<&str>) -> Error {
    let words = status.canonical_reason().map_or_else(|| status.as_str().to_owned(), |w| format!("{} {w}", status.as_str()));
    match status.as_u16() {
        429 => Error::TooOften {
            status: words,
            when: match retry_after.and_then(|s| s.trim().parse::<u32>().ok()) {
                Some(seconds) => format!("after {seconds} seconds"),
                None => "later".into(),
            },
        },
        401..=403 | 407 | 418 | 451 => Error::Refused { status: words },
        404 | 410 => Error::NotThere { status: words },
        _ => Error::Status { status: words },
    }
}

/// What the library says, in words that tell what to do.
fn error(error: &ureq::Error, address: &Address) -> Error {
    let host = address.host().to_owned();
    match error {
        ureq::Error::HostNotFound => Error::NoHost(host),
        ureq::Error::Other(why) if why.is::<guard::Private>() => Error::Private(host),
        ureq::Error::Timeout(ureq::Timeout::RecvBody) => Error::TimeOut("the page did not come in time"),
        ureq::Error::Timeout(_) => Error::TimeOut("no answer in time"),
        ureq::Error::Tls(why) => Error::Tls { host, why: (*why).to_owned() },
        ureq::Error::Rustls(why) => Error::Tls { host, why: why.to_string() },
        ureq::Error::Io(why) if address.is_secure() && why.kind() == std::io::ErrorKind::InvalidData => {
            Error::Tls { host, why: one_line(&why.to_string()) }
        }
        ureq::Error::Io(why) => from_io(why, host),
        ureq::Error::ConnectionFailed => Error::NoConnection { host, why: "nobody answers".into() },
        other => Error::Broken(one_line(&other.to_string())),
    }
}

fn from_io(error: &std::io::Error, host: String) -> Error {
    use std::io::ErrorKind;
    let why = one_line(&error.to_string());
    if let Some(inner) = error.get_ref()
        && inner.is::<guard::Private>()
    {
        return Error::Private(host);
    }
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Error::TimeOut("no answer in time"),
        ErrorKind::ConnectionRefused => Error::NoConnection { host, why: "it refuses the connection".into() },
        // Names are looked up by the system, which says so in its own words.
        _ if why.contains("lookup") || why.contains("resolve") || why.contains("Name or service") || why.contains("nodename") => {
            Error::NoHost(host)
        }
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => Error::Broken(why),
        _ => Error::NoConnection { host, why },
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_says_what_to_do() {
        let says = |code: u16| refusal(StatusCode::from_u16(code).expect("a status"), Some("30")).to_string();
        assert!(says(404).contains("no such page (404 Not Found)"));
        assert!(says(403).contains("paywall") && says(402).contains("paywall"));
        assert_eq!(says(429), "the site wants fewer requests (429 Too Many Requests); try again after 30 seconds");
        assert_eq!(says(503), "the site answers 503 Service Unavailable; try again later");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(is_text("text/html") && is_text("") && is_text("application/xhtml+xml"));
        assert!(!is_text("application/pdf") && !is_text("image/png") && !is_text("application/json"));
    }
}
