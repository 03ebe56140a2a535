import TestSupport
import Testing

@testable import CustomerOS

/// Host names and the domains they belong to.
@Suite("Names of hosts")
struct HostNameTests {
    @Test(
        "are one, however they are spelled",
        arguments: [
            ("my\u{200B}-shop-x.com", "my-shop-x.com"), ("acme\u{AD}-shy.com", "acme-shy.com"), ("ｍｙ-shop-x.com", "my-shop-x.com"),
            ("ACME.Com", "acme.com"), ("acme。com", "acme.com"), ("acme.com.", "acme.com"), ("㎏.com", "kg.com"), ("ⅷ.com", "viii.com"),
            ("bücher.de", "xn--bcher-kva.de"), ("BU\u{308}CHER.de", "xn--bcher-kva.de"), ("XN--BCHER-KVA.de", "xn--bcher-kva.de"),
            ("straße.de", "xn--strae-oqa.de"), ("日本語.jp", "xn--wgv71a119e.jp"), ("r3---sn.googlevideo.com", "r3---sn.googlevideo.com"),
            ("_dmarc.acme.com", "_dmarc.acme.com"),
            (String(repeating: "a", count: 63) + ".com", String(repeating: "a", count: 63) + ".com"),
        ])
    func spellings(_ text: String, _ name: String) { #expect(HostName(text)?.ascii == name) }

    @Test(
        "are invalid with an empty label, a hyphen at an end, too many letters, or what IDNA does not allow",
        arguments: [
            "", ".", "..", "acme-four..com", ".acme.com", "acme.com..", "-acme.com", "acme-.com",
            String(repeating: "a", count: 64) + ".com",
            String(repeating: "é", count: 64) + ".com", String(repeating: "a.", count: 127) + "com", "a b.com", "℀.com", "xn--a.com",
            "xn--bcher-kv.de", "a\u{0}b.com", "acme.com/x", "acme%2ecom", "a\u{200C}b.com", "\u{301}a.com", "xn--.com",
        ])
    func noNames(_ text: String) { #expect(HostName(text) == nil) }

    @Test("are stable, in letters and in ASCII form", arguments: 0..<10)
    func stable(_ seed: Int) {
        var random = RandomSource(seed: UInt64(seed))
        var names = 0
        for _ in 0..<400 {
            let text = random.text(
                of: [
                    "a", "B", "xn--", "-", ".", "ü", "u\u{308}", "ß", "日", "１", "。", "\u{200B}", "\u{AD}", "é", "com", "bcher-kva", "9",
                    "٣",
                    "_", "\u{301}", " ", "İ", "ς",
                ], upTo: 8)
            guard let name = HostName(text) else { continue }
            names += 1
            #expect(HostName(name.ascii) == name, "\(text)")
            #expect(HostName(name.unicode) == name, "\(text) is \(name.unicode)")
            #expect(name.ascii.utf8.count <= 253 && name.labels.allSatisfy { (1...63).contains($0.utf8.count) }, "\(text)")
        }
        #expect(names > 20)
    }

    @Test(
        "give their domain, and never that of another host in the text",
        arguments: [
            ("https://www.acme.com/about", "acme.com"), ("acme.com/http://other.com", "acme.com"), ("acme.com\\@other.org", "acme.com"),
            ("http://acme.com\\@other.org", "acme.com"), ("http://user:secret@acme.com:8080/", "acme.com"), ("//acme.co.uk", "acme.co.uk"),
            ("https://acme.com?next=https://other.org", "acme.com"), ("acme.com#@other.org", "acme.com"), ("info@acme.com", "acme.com"),
            ("http://other.org@acme.com/", "acme.com"), ("ＨＴＴＰＳ://acme.com", nil), ("shop.acme.uk.com", "acme.uk.com"),
            ("www.bücher.example", "xn--bcher-kva.example"), ("https://[::1]/", nil), ("10.0.0.1", nil), ("com", nil), ("co.uk", nil),
            ("acme", nil),
            ("acme.com:80:90", nil), ("acme.com:http", nil), ("https://acme .com", nil), ("github.io", "github.io"),
            ("acme.github.io", "github.io"), ("acme.com://other.org", nil), ("acme.com://user@other.org/", nil), ("ftp://acme.com", nil),
            ("javascript://acme.com/%0a", nil), ("ms-word+x://acme.com", nil), ("1http://acme.com", nil), ("HTTPS://acme.com", "acme.com"),
            ("acme.com?u=ftp://other.org", "acme.com"), ("acme.com\\x://other.org", "acme.com"), ("://acme.com", nil),
        ] as [(String, String?)])
    func domains(_ text: String, _ domain: String?) { #expect(WebDomain.registrable(text) == domain) }

    @Test(
        "match an entry of the list by whole labels",
        arguments: [
            ("https://sites.google.com/view/acme", "sites.google.com/*", true), ("https://x.com/acme", "x.com/*", true),
            ("x.com", "x.com/*", false),
            ("https://www.x.com/", "x.com/*", false), ("https://mobile.x.com/acme", "x.com/*", true), ("netflix.com/x", "x.com/*", false),
            ("fedex.com/de", "x.com/*", false), ("dropbox.com/s", "x.com/*", false), ("notfacebook.com/acme", "facebook.com/*", false),
            ("sport.media", "t.me", false), ("https://t.me/acme", "t.me", true), ("t.me", "t.me", true), ("a.t.me", "t.me", true),
            ("acme.zendesk.com", "*.zendesk.com", true), ("https://www.acme.zendesk.com", "*.zendesk.com", true),
            ("zendesk.com", "*.zendesk.com", false),
            ("www.zendesk.com/pricing", "*.zendesk.com", false), ("notzendesk.com", "*.zendesk.com", false),
            ("https://x.com/?lang=de", "x.com/*", true), ("https://x.com/#top", "x.com/*", true), ("acme.com/x.com/y", "x.com/*", false),
        ])
    func patterns(_ text: String, _ pattern: String, _ isOver: Bool) throws {
        #expect(try SharedHosts.patterns(over: #require(WebAddress(text))).contains(pattern) == isOver)
    }

    @Test("are lent below the suffixes of the list's private section, and not where names are sold there")
    func lent() {
        for text in ["acme.github.io", "https://shop.acme.myshopify.com", "acme.blogspot.com", "www.acme.github.io", "acme.web.app"] {
            #expect(WebDomain(text)?.isLent == true, "\(text)")
        }
        for text in ["github.io", "www.github.io", "acme.uk.com", "acme.com", "acme.co.uk", "acme.eu.org", "netflix.com", "sport.media"] {
            #expect(WebDomain(text)?.isLent == false, "\(text)")
        }
    }
}
