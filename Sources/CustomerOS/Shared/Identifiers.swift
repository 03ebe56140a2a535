internal import COpenSSL
internal import Glibc

/// Makes the ids and codes of new records.
enum Identifiers {
    /// A version 7 UUID (RFC 9562 section 5.7): milliseconds first, so that new rows are close together; 74 random
    /// bits.
    static func uuid() -> String {
        var bytes = random(16)
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let milliseconds = UInt64(time.tv_sec) &* 1000 &+ UInt64(time.tv_nsec) / 1_000_000
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * index)) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 36) { text in
            var end = 0
            for index in 0..<16 {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    text[end] = UInt8(ascii: "-")
                    end += 1
                }
                text[end] = digits.utf8Start[Int(bytes[index] >> 4)]
                text[end + 1] = digits.utf8Start[Int(bytes[index] & 15)]
                end += 2
            }
            return end
        }
    }

    /// `C-XXX-XXX`, from an alphabet without 0, 1, I and O. Unique only once the database has accepted it.
    static func customerOsID() -> String {
        let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        let symbols = random(6).map { alphabet[Int($0 & 31)] }
        return "C-\(String(symbols[0..<3]))-\(String(symbols[3..<6]))"
    }

    /// Bytes from OpenSSL's cryptographic generator, which is seeded by the kernel and waits until that is possible.
    static func random(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        while RAND_bytes(&bytes, Int32(count)) != 1 {}
        return bytes
    }
}
