import Kernels
import Testing

@Suite struct LittleEndianTests {
  @Test func lowestByteFirst() {
    #expect(LittleEndian.bytes([0x0102_0304, 5] as [UInt32]) == [4, 3, 2, 1, 5, 0, 0, 0])
    #expect(LittleEndian.bytes([0x01_02] as [UInt64]) == [2, 1, 0, 0, 0, 0, 0, 0])
    #expect(LittleEndian.bytes([1.0]) == [0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
    #expect(LittleEndian.bytes([Double]()) == [])
  }

  /// From anywhere in an array, whatever its alignment.
  @Test(arguments: 0..<9) func readBack(offset: Int) {
    let numbers = [0, -0.0, 1.5, .infinity, .leastNonzeroMagnitude, -1e300]
    let padding = Array(repeating: UInt8(7), count: offset)
    let doubles = (padding + LittleEndian.bytes(numbers) + padding).dropFirst(offset).dropLast(offset)
    #expect(LittleEndian.doubles(doubles).map(\.bitPattern) == numbers.map(\.bitPattern))
    let words: [UInt32] = [0, 1, .max, 0xDEAD_BEEF]
    #expect(LittleEndian.integers32((padding + LittleEndian.bytes(words)).dropFirst(offset)) == words)
    let long: [UInt64] = [0, .max, 1 << 40]
    #expect(LittleEndian.integers64((padding + LittleEndian.bytes(long)).dropFirst(offset)) == long)
  }

  @Test func aNaNKeepsItsBits() {
    let bits: UInt64 = 0x7FF8_0000_0000_1234
    let bytes = LittleEndian.bytes([Double(bitPattern: bits)])
    #expect(LittleEndian.doubles(bytes[...])[0].bitPattern == bits)
  }
}
