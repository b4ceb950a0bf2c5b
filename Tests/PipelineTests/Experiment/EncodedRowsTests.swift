import Artifacts
import Testing

@testable import Pipeline

@Suite struct EncodedRowsTests {
  @Test(arguments: [0, 1, 1_023, 1_024, 1_025, 9_000], [1, 2, 5])
  func chunksJoinToTheWhole(rows: Int, threads: Int) {
    @Sendable func encode(_ encoder: inout CSVEncoder, _ row: Int) {
      encoder.append("s\(row)")
      encoder.append(Double(row) / 7)
      encoder.endRow()
    }
    var whole = CSVEncoder()
    for row in 0..<rows { encode(&whole, row) }
    var found: [UInt8] = []
    EncodedRows.write(rows, width: 16, threads: threads, append: { found += $0 }, encode: encode)
    #expect(found == whole.bytes)
  }

  @Test func aFailureToAppendEndsIt() {
    struct Full: Error {}
    var chunks = 0
    #expect(throws: Full.self) {
      try EncodedRows.write(100_000, width: 4, threads: 2) { _ in
        chunks += 1
        if chunks == 3 { throw Full() }
      } encode: { encoder, row in
        encoder.append(row)
        encoder.endRow()
      }
    }
    #expect(chunks == 3)
  }
}
