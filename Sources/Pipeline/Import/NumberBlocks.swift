/// Numbers that arrive one by one, nobody knows how many, without a copy of all of them while they grow.
struct NumberBlocks {
  /// The numbers of a block. With 32 MiB a block is large enough that the allocator takes it from the system and gives
  /// it back when it is done with, so that joining the blocks takes the memory of one more block and not of all.
  static let blockLength = 4 << 20

  private(set) var count = 0
  private var full: [[Double]] = []
  private var last: [Double] = []

  mutating func append(_ value: Double) {
    if last.count == Self.blockLength {
      full.append(last)
      last = []
      last.reserveCapacity(Self.blockLength)
    }
    last.append(value)
    count += 1
  }

  /// All of them; leaves none behind.
  mutating func joined() -> [Double] {
    var values: [Double] = []
    swap(&values, &last)
    if full.isEmpty { return values }
    let tail = values
    values = []
    values.reserveCapacity(count)
    full.reverse()
    while let block = full.popLast() { values += block }
    values += tail
    return values
  }
}
