import Foundation
import TestSupport
import Testing

@testable import CustomerOS

/// The forms in which addresses, numbers and profiles are recognised.
@Suite("Forms of what people are reached by")
struct ReachFormTests {
    // MARK: Phone numbers

    @Test(
        "read a number however it is written",
        arguments: [
            "+442079460123", "+44 20 7946 0123", "0044 20 7946 0123", "+44 (0)20 7946 0123", " +44-20-7946-0123 ", "+44.20.7946.0123",
            "tel:+44-20-7946-0123", "\u{FF0B}442079460123", "+\u{664}\u{664}2079460123",
        ])
    func writtenNumbers(_ text: String) {
        #expect((try? PhoneNumber(text, country: nil))?.e164 == "+442079460123")
        #expect((try? PhoneNumber(text, country: nil))?.country == "GB")
    }

    @Test(
        "complete a national number with its country, in either case",
        arguments: [
            ("020 7946 0123", "GB", "+442079460123"), ("030 901820", "de", "+4930901820"), ("(202) 555-0143", " US ", "+12025550143"),
        ])
    func nationalNumbers(_ text: String, _ country: String, _ form: String) throws {
        #expect((try? PhoneNumber(text, country: country))?.e164 == form)
        #expect(try PhoneNumber(text, country: nil).e164 == nil)
    }

    @Test(
        "leave what is not an international number as it is",
        arguments: [
            "", " ", "+", "00", "020 7946 0123", "+999123456789", "+44", "call me", "+4420794601234567890",
            "+\u{1F600}",
        ])
    func unreadable(_ text: String) {
        for country in [nil, "", "XX", "GBR", "\u{1F600}"] { #expect((try? PhoneNumber(text, country: country))?.e164 == nil) }
    }

    @Test("are stable, whatever the number", arguments: 0..<20)
    func stableNumbers(_ seed: Int) {
        var random = RandomSource(seed: UInt64(seed))
        let countries = [nil, "GB", "DE", "US", "IT", "AR", "BR", "CN", "JP", "AU", "MX", "CI", "SM"]
        var readable = 0
        for _ in 0..<500 {
            let length = Int.random(in: 3...16, using: &random)
            let digits = (0..<length).map { _ in random.pick(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", " ", "-"]) }.joined()
            let text = random.pick(["+", "00", "", "0"]) + digits
            guard let form = try? PhoneNumber(text, country: random.pick(countries)), let line = form.e164 else { continue }
            readable += 1
            #expect(line.hasPrefix("+") && line.dropFirst().allSatisfy { $0.isASCII && $0.isNumber })
            for country in [nil, "FR"] {
                let again = try? PhoneNumber(line, country: country)
                #expect(again?.e164 == line && again?.country == form.country, "\(text) is \(line)")
            }
        }
        #expect(readable > 20)
    }

    // MARK: Profiles

    @Test(
        "find one LinkedIn profile behind all forms of its address",
        arguments: [
            "linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe/", "http://uk.linkedin.com/in/Jane-Doe?trk=x",
            "LINKEDIN.COM/in/jane-doe#top",
            "https://m.linkedin.com/in/jane%2Ddoe/details/skills/", "linkedin.com/sales/lead/jane-doe,NAME_SEARCH,x",
            "https://linkedin.com//in//jane-doe",
            "www.linkedin.com/pub/jane-doe/1/2/3", "HTTPS://de.linkedin.com/in/JANE-DOE",
            "https://www.linkedin.com/comm/in/jane-doe?midToken=x", "linkedin.com/mwlite/in/jane-doe",
            "https://www.linkedin.com/sales/people/jane-doe,NAME_SEARCH,x", "linkedin.com/comm/pub/Jane-Doe", "linkedin.com/m/in/jane-doe",
        ])
    func linkedInPeople(_ text: String) throws {
        let social = try SocialURL(text)
        #expect(social.key == "linkedin.com/in/jane-doe")
        #expect(social.alias.lowercased() == "jane-doe")
        #expect(social.isLinkedInProfile)
    }

    @Test(
        "find one company behind all forms of its address, and no person",
        arguments: [
            "linkedin.com/company/acme", "https://www.linkedin.com/school/Acme/about/", "nl.linkedin.com/showcase/acme",
            "linkedin.com/comm/company/acme", "linkedin.com/sales/company/acme",
        ])
    func linkedInCompanies(_ text: String) throws {
        #expect(try SocialURL(text).key == "linkedin.com/company/acme")
        #expect(try SocialURL(text).key != SocialURL("linkedin.com/in/acme").key)
    }

    @Test(
        "know the networks and the names in them",
        arguments: [
            ("https://twitter.com/Acme?s=20", "x.com/acme", "Acme"), ("x.com/acme/", "x.com/acme", "acme"),
            ("mobile.twitter.com/acme", "x.com/acme", "acme"),
            ("fb.com/acme", "facebook.com/acme", "acme"), ("m.facebook.com/Acme", "facebook.com/acme", "Acme"),
            ("instagram.com/acme", "instagram.com/acme", "acme"),
            ("GitHub.com/Acme", "github.com/acme", "Acme"), ("https://www.tiktok.com/@Acme", "tiktok.com/@acme", "@Acme"),
            ("youtube.com/@acme", "youtube.com/@acme", "@acme"), ("youtube.com/channel/UCabC", "youtube.com/channel/UCabC", ""),
            ("facebook.com/profile.php?id=1", "facebook.com/profile.php", ""), ("x.com/acme/status/1", "x.com/acme/status/1", ""),
            ("Acme.example/Team/", "acme.example/Team", ""), ("linkedin.com", "linkedin.com", ""),
            ("linkedin.com/feed", "linkedin.com/feed", ""),
        ])
    func networks(_ text: String, _ key: String, _ alias: String) throws {
        #expect(try SocialURL(text).key == key)
        #expect(try SocialURL(text).alias == alias)
        #expect(try !SocialURL(text).isLinkedInProfile)
    }

    @Test("give the same key for a key and for a stored address, whatever the text", arguments: 0..<20)
    func stableProfiles(_ seed: Int) throws {
        var random = RandomSource(seed: UInt64(seed))
        let parts = [
            "linkedin.com", "www.", "m.", "uk.", "https://", "HTTP://", "in", "company", "sales", "lead", "pub", "jane", "%41", "%25",
            "%2F", "%", "/", "/", "/",
            "?", "#", ",", "x.com", "é", "É", "%C3%89", " ", "@", ":80", "..",
        ]
        var profiles = 0
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in random.pick(parts) }.joined()
            guard let social = try? SocialURL(text) else { continue }
            profiles += 1
            #expect(try SocialURL(social.url) == social, "\(text)")
            #expect(try SocialURL("https://" + social.key).key == social.key, "\(text) has the key \(social.key)")
        }
    }

    @Test(
        "refuse what is not a website's address",
        arguments: [
            "new url", "", "n/a", "-", "jane doe", "https://new url", "https://", "linkedin", "javascript:alert(1)", "https://-a.com/x",
            "mailto:ann@x.org", "ann@x.org", "https://ann@x.org", "https://user:word@x.com/ann", "ftp://x.com/ann", "acme.com://x.com/ann",
            "linkedin.com/in/", "linkedin.com/in", "https://www.linkedin.com/company/?x=1", "linkedin.com/comm/in/",
            "linkedin.com/sales/lead/",
            "linkedin.com/sales/lead/,NAME_SEARCH", "linkedin.com/in/%20", "linkedin.com/pub", "youtube.com/channel/", "youtube.com/@",
            "tiktok.com/@",
        ])
    func noProfiles(_ text: String) {
        #expect(throws: ValueRefusal.self) { try SocialURL(text) }
    }

    // MARK: Extensions and lengths

    @Test(
        "keep line and extension apart",
        arguments: [
            "+1 202 456 1414 x5", "+1 202-456-1414 ext. 5", "+12024561414;ext=5", "tel:+1-202-456-1414;ext=5",
            "+1 (202) 456-1414 extension 5",
            "0012024561414x5",
        ])
    func extensions(_ text: String) throws {
        let number = try PhoneNumber(text, country: nil)
        #expect(number.e164 == "+12024561414" && number.extension == "5" && number.raw == text)
    }

    @Test(
        "refuse a number that cannot be one",
        arguments: [
            "n/a", "none", "", "-", "+", "+1", "+1 202", "+44 1", "+999 123456789", "12", "1234567890123456", "+12345678901234567890", "00",
            "ask at the desk", "+49", "call me 555", "room 1234", "\u{BD}\u{BD}\u{BD}", "x123", "123 or 456", "ext. 123", "2026-11-29",
            "29.11.2026", "11/29/2026", "192.168.1.10", "10.0.0.1", "123#456#", "a1b2c3", "1-800-FLOWERS", "123\u{1F600}",
            "\u{B2}\u{B2}\u{B2}",
            "12 x345",
        ])
    func impossible(_ text: String) { #expect(throws: ValueRefusal.self) { try PhoneNumber(text, country: nil) } }

    @Test(
        "keep a national number as written",
        arguments: [
            "020 7946 0123", "(202) 555-0143", "030/901820-0", "01.23.45.67.89", "12.34.56.78", "110", "202.456.1414", "tel:030 901820",
            "Tel. 030 901820",
            "030 901820 ext. 12", "030 901820x5", "030 901820 #5", "030\u{A0}901820", "030 90\u{2013}1820",
            "\u{660}\u{663}\u{660} \u{669}\u{660}\u{661}",
        ])
    func national(_ text: String) throws { #expect(try PhoneNumber(text, country: nil).raw == text) }

    @Test(
        "read no number out of other text, even with a country",
        arguments: [
            ("call me 555", "DE"), ("room 5551234", "US"), ("123 or 456", "DE"), ("2026-11-29", "DE"), ("192.168.1.10", "DE"),
            ("x12345", "DE"),
        ])
    func otherTexts(_ text: String, _ country: String) {
        #expect(throws: ValueRefusal.self) { try PhoneNumber(text, country: country) }
    }

    @Test("read the letters on telephone keys in a country")
    func letters() throws { #expect(try PhoneNumber("1-800-FLOWERS", country: "US").e164 == "+18003569377") }

    @Test(
        "refuse a national number of a length that its country does not have",
        arguments: [("1", "DE"), ("202 456 14145 55", "US"), ("202 456", "US"), ("1", "GB")])
    func impossibleInCountry(_ text: String, _ country: String) {
        #expect(throws: ValueRefusal.self) { try PhoneNumber(text, country: country) }
    }
}
