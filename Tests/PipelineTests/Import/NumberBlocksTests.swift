import Testing

@testable import Pipeline

@Suite struct NumberBlocksTests {
  /// Into a first block of any length, one by one and in pieces that blocks cut.
  @Test(arguments: [0, 7, 5_000_000])
  func areJoinedInOrder(expected: Int) {
    var blocks = NumberBlocks(expecting: expected)
    let count = 2 * NumberBlocks.blockLength + 4
    blocks.append(0)
    for start in stride(from: 1, to: count - 1, by: 999_983) {
      blocks.append(contentsOf: (start..<min(start + 999_983, count - 1)).map { Double($0) }[...])
    }
    blocks.append(Double(count - 1))
    #expect(blocks.count == count)
    let values = blocks.joined()
    #expect(values.count == count && blocks.joined().isEmpty && blocks.count == 0)
    #expect(stride(from: 0, to: count, by: 4099).allSatisfy { values[$0] == Double($0) })
    #expect(values.last == Double(count - 1))
  }

  @Test func oneByOneBeyondABlock() {
    var blocks = NumberBlocks()
    for number in 0...NumberBlocks.blockLength { blocks.append(Double(number)) }
    #expect(blocks.joined().last == Double(NumberBlocks.blockLength))
  }
}
