import Artifacts
import FoundationEssentials
import TestSupport
import Testing

@Suite struct GzipExpansionTests {
  private static let text = Array(
    ("timestamp,close\n" + (1...28).map { "2024-01-\($0 < 10 ? "0" : "")\($0),\(100 + $0)\n" }.joined()).utf8)
  /// The same, packed by Python's `gzip`.
  private static let packed = Array(
    Data(
      base64Encoded:
        "H4sIAAAAAAAC/0XOMQqDQABE0d6zbGBnXHU9TggWQiSC3h9/lYHf/O7d+7Fd9/s4y+f7u7bB1e1VRUVVWbPOjuyYbW"
        + "zLTuyUndk5u7BLtrM9u7Lrf1WLVLOoFJVQKSqhUlRCpaiESlEJlaISKkUlVIpKqBSVUTkqo3JURuWojMpRGZWjMipH"
        + "ZVSOyqgclVG5Dw8OkzqDtAEAAA==")!)

  private func expanded(_ packed: [UInt8], chunk: Int = .max) throws -> [UInt8] {
    var rest = packed[...]
    var gzip = GzipExpansion()
    var bytes: [UInt8] = []
    func next() throws -> [UInt8] {
      try gzip.next {
        defer { rest = rest.dropFirst(chunk) }
        return Array(rest.prefix(chunk))
      }
    }
    while case let chunk = try next(), !chunk.isEmpty { bytes += chunk }
    // The end stays the end.
    #expect(try next().isEmpty)
    return bytes
  }

  @Test(arguments: [1, 2, 7, .max]) func expands(chunk: Int) throws {
    #expect(GzipExpansion.isPacked(Self.packed) && !GzipExpansion.isPacked(Self.text))
    #expect(try expanded(Self.packed, chunk: chunk) == Self.text)
  }

  @Test(arguments: [1, 3, .max]) func expandsSeveralMembersAndPadding(chunk: Int) throws {
    let members = Self.packed + PackedBytes.gzip([]) + PackedBytes.gzip(Array("end\n".utf8))
    #expect(try expanded(members + [0, 0, 0], chunk: chunk) == Self.text + Array("end\n".utf8))
  }

  @Test func expandsMoreThanAChunk() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    #expect(try expanded(PackedBytes.gzip(bytes), chunk: 100_000) == bytes)
  }

  @Test func refusesWhatIsCutShort() {
    for length in 1..<Self.packed.count {
      #expect(throws: GzipError.truncated) { try expanded(Array(Self.packed.prefix(length))) }
    }
  }

  /// A changed byte of the content or of the checksum; of the header only those that say how it was packed.
  @Test func refusesWhatIsDamaged() {
    for place in [2, Self.packed.count / 2, Self.packed.count - 5, Self.packed.count - 1] {
      var damaged = Self.packed
      damaged[place] ^= 0x55
      #expect(throws: GzipError.self) { try expanded(damaged) }
    }
    #expect(throws: GzipError.damaged) { try expanded(Self.packed + Array("text".utf8)) }
  }
}
