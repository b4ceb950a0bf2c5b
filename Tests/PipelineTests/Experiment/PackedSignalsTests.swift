import Artifacts
import Kernels
import TestSupport
import Testing

@testable import Pipeline

/// What the document of strategies keeps of given signals.
@Suite struct PackedSignalsTests {
  private static func signals(_ bars: Int, _ range: ClosedRange<Int8>) -> SignalColumns {
    var random = SeededGenerator(seed: UInt64(bars))
    return SignalColumns((0..<5).map { _ in (0..<bars).map { _ in Int8.random(in: range, using: &random) } })
  }

  @Test(arguments: [1, 7, 8, 63, 64, 65, 1_000], [0...1, -1...1, -1...0] as [ClosedRange<Int8>])
  func comeBack(bars: Int, range: ClosedRange<Int8>) throws {
    let columns = Self.signals(bars, range)
    let bytes = try JSONDocument.encode(PackedSignals(columns))
    let packed = try JSONDocument.decode(PackedSignals.self, from: bytes, document: "d")
    #expect(packed.columns == columns)
    if bars == 1_000 {
      // A signal takes two bytes of JSON at least, and one of an array.
      #expect(bytes.count < (range.lowerBound < 0 ? 5 * 1_000 / 2 : 5 * 1_000 / 4))
    }
    #expect((packed.short == nil) == (0..<5).allSatisfy { columns[$0].allSatisfy { $0 >= 0 } })
  }

  @Test func bitsAreThoseOfNumPy() throws {
    // np.packbits([1,0,1,1,0,0,0,0,1], bitorder="little") is [0b1101, 1].
    let packed = PackedSignals(SignalColumns([[1, 0, 1, 1, 0, 0, 0, 0, 1]]))
    #expect(packed.long == ["DQE="] && packed.short == nil && packed.count == 9)
  }

  @Test func numbersOfEarlierVersions() throws {
    let text = Array("[[1, 0, -1], [0, 0, 1]]".utf8)
    let packed = try JSONDocument.decode(PackedSignals.self, from: text, document: "d")
    #expect(packed.columns == SignalColumns([[1, 0, -1], [0, 0, 1]]))
  }

  @Test(arguments: [
    "[[1, 0], [0]]", "[[2]]", "{\"count\": 0, \"long\": []}", "{\"count\": 9, \"long\": [\"DQ==\"]}",
    "{\"count\": 9, \"long\": [\"DQI=\"]}", "{\"count\": 9, \"long\": [\"?\"]}",
    "{\"count\": 9, \"long\": [\"DQE=\"], \"short\": [\"AQA=\"]}",
    "{\"count\": 9, \"long\": [\"DQE=\"], \"short\": []}",
  ])
  func refused(text: String) {
    #expect(throws: JSONError.self) {
      try JSONDocument.decode(PackedSignals.self, from: Array(text.utf8), document: "d")
    }
  }
}
