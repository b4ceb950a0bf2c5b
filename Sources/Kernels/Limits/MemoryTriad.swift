/// `a = b + s·c` over three vectors that no cache holds: how fast memory is (McCalpin 1995, STREAM).
public struct MemoryTriad: ~Copyable {
  private let target: AlignedBuffer<Float>
  private let first: AlignedBuffer<Float>
  private let second: AlignedBuffer<Float>

  /// Vectors of `count` numbers each.
  ///
  /// - Precondition: `count` is at least 1.
  public init(count: Int) {
    precondition(count >= 1, "numbers to add")
    target = AlignedBuffer(zeros: count)
    first = AlignedBuffer(count: count, initial: 1)
    second = AlignedBuffer(count: count, initial: 2)
  }

  /// Bytes that one pass reads and writes; those that a cache reads before it writes are not counted.
  public var bytes: Int { 3 * target.count * MemoryLayout<Float>.stride }

  /// Adds once.
  public mutating func pass() {
    let (target, first, second) = unsafe (target.base, first.base, second.base)
    for index in 0..<self.target.count {
      unsafe target[index] = unsafe first[index] + 0.5 * second[index]
    }
  }

  /// Whether every number is the sum that it should be.
  public var isRight: Bool {
    (0..<target.count).allSatisfy { unsafe target.base[$0] == 2 }
  }
}
