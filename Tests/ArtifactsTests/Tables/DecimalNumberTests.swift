import Artifacts
import TestSupport
import Testing

@Suite struct DecimalNumberTests {
  #if DEBUG
    static let count = 50_000
  #else
    static let count = 1_000_000
  #endif

  private func parse(_ text: String) -> Double? {
    DecimalNumber.parse(Array(text.utf8).span)
  }

  @Test func agreesWithTheStandardLibraryOnRandomDecimals() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<Self.count {
      let text = Self.randomDecimal(using: &generator)
      #expect(parse(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func readsBackEveryBitPattern() {
    var generator = SeededGenerator(seed: 2)
    var compared = 0
    for _ in 0..<Self.count {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      compared += 1
      #expect(parse(value.description)?.bitPattern == value.bitPattern)
    }
    #expect(compared > Self.count / 2)
  }

  /// Numbers halfway between two doubles, and just beside, are where one rounding too many shows.
  @Test func roundsTiesToEven() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<Self.count / 10 {
      // An odd integer of 54 bits lies halfway between two doubles of 53.
      let tie = UInt64.random(in: 1 << 53...(1 << 54) - 1, using: &generator) | 1
      for text in ["\(tie)", "\(tie).0", "\(tie)0e-1", "\(tie)000e-3", "\(tie)1e-1", "\(tie - 1)9e-1"] {
        #expect(parse(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
      }
    }
  }

  @Test(arguments: [
    "0", "-0", "+1", "1.", ".5", "-.5e1", "1e5", "1E+05", "1e-05", "00012.500", "9007199254740993",
    "18446744073709551615", "18446744073709551616", "1e22", "1e23", "1e400", "-1e400", "1e-400", "4.9e-324",
    "2.2250738585072011e-308", "123456789012345678901234567890", "0.1e-1000000000000000000000",
    "0e99999999999", "0.000000000000000000000000000000000000000001", "1e27", "1234567890123456789e27",
    "1234567890123456789e-27", "1234567890123456789e28", "9999999999999999999", "99999999999999999999",
  ])
  func agreesWithTheStandardLibrary(text: String) throws {
    let expected = try #require(Double(text))
    #expect(parse(text)?.bitPattern == expected.bitPattern)
  }

  @Test(arguments: [
    "", " ", "+", "-", ".", "e5", "1e", "1e+", "1,5", "1 5", "0x10", "nan", "inf", "Infinity", "--1", "1.2.3",
    "1e5.0", "١", "1\u{0}",
  ])
  func refuses(text: String) {
    #expect(parse(text) == nil)
  }

  @Test func skipsSpacesAround() {
    #expect(parse(" \t-1.5  ") == -1.5)
  }

  private static func randomDecimal(using generator: inout SeededGenerator) -> String {
    func digits(_ range: ClosedRange<Int>) -> String {
      String(
        (0..<Int.random(in: range, using: &generator)).map { _ in
          "0123456789".randomElement(using: &generator)!
        })
    }
    var text = ["", "-", "+"].randomElement(using: &generator)!
    text += digits(1...Int.random(in: 1...25, using: &generator))
    if Bool.random(using: &generator) { text += "." + digits(1...Int.random(in: 1...25, using: &generator)) }
    if Int.random(in: 0..<3, using: &generator) == 0 {
      let bound = [5, 30, 340].randomElement(using: &generator)!
      text += "e\(Int.random(in: -bound...bound, using: &generator))"
    }
    return text
  }
}
