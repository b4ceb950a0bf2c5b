import TestSupport
import Testing

@testable import Pipeline

/// Whatever is cut off or changed in a file, it is read as a whole matrix or refused in one line.
@Suite struct DamagedReturnsTests {
  static let samples: [[UInt8]] = [
    Array("date,fast,slow\n2017-08-17,0.01,-0.02\n2017-08-18,,0.5\n2017-08-19,1e-3,.25\n".utf8),
    Array(",0,\"1\"\r\n0,0.01,-0.02\r\n1,nan,0.5\r\n2,1e-3,\"0.25\"\r\n".utf8),
    Array("0.5\n\n0.25\n".utf8),
    NumPyFile(bars: 3, strategies: 4, element: .double, isFortranOrder: true, version: 1)
      .bytes((0..<12).map { Double($0) / 8 }),
    NumPyFile(bars: 4, strategies: 2, element: .single, isFortranOrder: false, version: 2)
      .bytes((0..<8).map { Double($0) / 8 }),
  ]

  @Test(arguments: samples.indices)
  func isWholeOrRefused(sample: Int) throws {
    let whole = Self.samples[sample]
    var random = SeededGenerator(seed: UInt64(sample))
    var refused = 0
    for length in 0..<whole.count where !isWhole(Array(whole.prefix(length))) { refused += 1 }
    for _ in 0..<2_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        default: bytes.insert(bytes[place], at: place)
        }
      }
      if !isWhole(bytes) { refused += 1 }
    }
    // Something must have been refused, and the sample itself not.
    #expect(refused > 100 && isWhole(whole))
  }

  /// Whether the bytes can be read; records what is not sound.
  private func isWhole(_ bytes: [UInt8]) -> Bool {
    do {
      let found = try ReturnsReader().read(bytes, file: "damaged")
      let values = found.matrix.values
      let isSound =
        values.count == found.bars * found.strategies && !values.isEmpty
        && found.names.count == found.strategies && Set(found.names).count == found.strategies
        && found.undefinedCounts.reduce(0, +) == values.count { $0.isNaN }
        && values.allSatisfy { $0.isFinite || $0.isNaN }
        && found.timestamps.map { $0.count == found.bars && zip($0, $0.dropFirst()).allSatisfy(<) } ?? true
      #expect(isSound)
      return true
    } catch let error as ImportError {
      #expect(!error.description.contains("\n") && error.description.hasPrefix("damaged"))
    } catch {
      Issue.record("\(error) is no ImportError")
    }
    return false
  }
}
