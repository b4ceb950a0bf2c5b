/// Numbers that arrive one by one, nobody knows how many, without a copy of all of them while they grow.
struct NumberBlocks {
  /// The numbers of a block. With 32 MiB a block is large enough that the allocator takes it from the system and gives
  /// it back when it is done with, so that joining the blocks takes the memory of one more block and not of all.
  static let blockLength = 4 << 20
  /// How far an announced count is believed: address space of half a gigabyte, which takes no memory before it is used.
  static let longestFirstBlock = 64 << 20

  private(set) var count = 0
  private var full: [[Double]] = []
  private var last: [Double] = []
  private var room: Int

  /// None yet, of perhaps `expected`; up to ``longestFirstBlock`` of these stand in one block, which needs no joining.
  init(expecting expected: Int = 0) {
    room = max(Self.blockLength, min(expected, Self.longestFirstBlock))
    last.reserveCapacity(min(expected, room))
  }

  mutating func append(_ value: Double) {
    if last.count == room { beginBlock() }
    last.append(value)
    count += 1
  }

  mutating func append(contentsOf values: ArraySlice<Double>) {
    var rest = values
    while !rest.isEmpty {
      if last.count == room { beginBlock() }
      let part = rest.prefix(room - last.count)
      last += part
      rest = rest.dropFirst(part.count)
    }
    count += values.count
  }

  private mutating func beginBlock() {
    full.append(last)
    last = []
    room = Self.blockLength
    last.reserveCapacity(room)
  }

  /// All of them; leaves none behind.
  mutating func joined() -> [Double] {
    let tail = last
    last = []
    defer { count = 0 }
    if full.isEmpty { return tail }
    var values: [Double] = []
    values.reserveCapacity(count)
    full.reverse()
    while let block = full.popLast() { values += block }
    values += tail
    return values
  }
}
