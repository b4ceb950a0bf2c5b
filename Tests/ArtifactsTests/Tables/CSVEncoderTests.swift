import Artifacts
import TestSupport
import Testing

@Suite struct CSVEncoderTests {
  private func cell(_ value: Double) -> String {
    var encoder = CSVEncoder()
    encoder.append(value)
    return String(decoding: encoder.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (0, "0"), (-0.0, "-0"), (3, "3"), (-17, "-17"), (0.1, "0.1"), (1_234_567_890_123, "1234567890123"),
    (1e15, "1000000000000000"), (9_007_199_254_740_992, "9007199254740992"), (1e16, "1e+16"), (1e-5, "1e-05"),
    (1.0 / 3, "0.3333333333333333"), (.nan, ""), (.infinity, ""), (-.infinity, ""),
    (.leastNonzeroMagnitude, "5e-324"),
  ])
  func writesShortestDigits(value: Double, text: String) {
    #expect(cell(value) == text)
  }

  @Test func numbersReadBackBitForBit() {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<20_000 {
      var value = Double(bitPattern: generator.next())
      if round.isMultiple(of: 2) { value = (value.magnitude < 1e300 ? value : 0.5).rounded() }
      if round.isMultiple(of: 3) { value = Double(Int64(bitPattern: generator.next()) >> (round % 60)) }
      guard value.isFinite else { continue }
      #expect(Double(cell(value))?.bitPattern == value.bitPattern)
      if value != value.rounded(.towardZero) { #expect(cell(value) == value.description) }
    }
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("two words", "two words"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
    ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("a;b", "a;b"), ("héllo", "héllo"),
  ])
  func quotesWhereNeeded(text: String, expected: String) {
    var encoder = CSVEncoder()
    encoder.append("x")
    encoder.append(text)
    encoder.endRow()
    #expect(String(decoding: encoder.bytes, as: UTF8.self) == "x,\(expected)\n")
  }

  @Test(arguments: [0, 7, -7, 10, 120, .max, .min])
  func writesWholeNumbers(value: Int) {
    var encoder = CSVEncoder()
    encoder.append(value)
    #expect(String(decoding: encoder.bytes, as: UTF8.self) == "\(value)")
  }

  @Test func chunksJoinToTheWhole() {
    func rows(_ range: Range<Int>, into encoder: inout CSVEncoder) {
      for row in range {
        encoder.append("s\(row)")
        encoder.append(Double(row) / 7)
        encoder.append(Double.nan)
        encoder.endRow()
      }
    }
    var whole = CSVEncoder()
    rows(0..<100, into: &whole)
    var joined: [UInt8] = []
    var chunk = CSVEncoder(capacity: 64)
    for start in stride(from: 0, to: 100, by: 33) {
      chunk.removeAll()
      rows(start..<min(start + 33, 100), into: &chunk)
      joined += chunk.bytes
    }
    #expect(joined == whole.bytes)
  }

  @Test func anUndefinedNumberAloneIsNoBlankLine() {
    var encoder = CSVEncoder()
    encoder.append(Double.nan)
    encoder.endRow()
    encoder.append(1)
    encoder.endRow()
    #expect(String(decoding: encoder.bytes, as: UTF8.self) == "\"\"\n1\n")
  }
}
