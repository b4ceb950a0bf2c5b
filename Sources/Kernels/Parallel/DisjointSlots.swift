/// An array under construction whose elements are written by several threads, each by one of them.
///
/// The one `@unchecked Sendable` of the package. Its proof: the `write`s and `withSlots` are the only access; a slot
/// belongs to one item (a block of strategies, a resample, a row of a table), which is handed to one worker
/// (``Workers``); and the two `fill`s and ``update(_:_:)`` give the array back only after their body, and so all workers
/// that were begun in it, have ended.
@safe public struct DisjointSlots<Element: Sendable>: @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<Element>

  /// The number of slots.
  public var count: Int { unsafe slots.count }

  /// An array of `count` elements, written through the slots that `body` is given.
  ///
  /// Slots must not be used after `body` has returned.
  public static func fill(
    count: Int, repeating initial: Element, _ body: (DisjointSlots) throws -> Void
  ) rethrows -> [Element] {
    var array = Array(repeating: initial, count: count)
    try update(&array, body)
    return array
  }

  /// The same where there is much to write: memory is first touched by the workers, all of them at once.
  ///
  /// - Parameters:
  ///   - leftOut: what becomes of slots that `body` did not write.
  ///   - body: returns which these are.
  public static func fill(
    count: Int, leftOut: Element, _ body: (DisjointSlots) throws -> [Range<Int>]
  ) rethrows -> [Element] where Element: BitwiseCopyable {
    try unsafe Array(unsafeUninitializedCapacity: count) { slots, initialized in
      let array = unsafe UnsafeMutableBufferPointer(rebasing: slots[..<count])
      for range in try unsafe body(DisjointSlots(slots: array)) {
        unsafe array[range].initialize(repeating: leftOut)
      }
      initialized = count
    }
  }

  /// Writes some elements of `array` through the slots that `body` is given; the others stay.
  ///
  /// Slots must not be used after `body` has returned.
  public static func update(
    _ array: inout [Element], _ body: (DisjointSlots) throws -> Void
  ) rethrows {
    try unsafe array.withUnsafeMutableBufferPointer { try unsafe body(DisjointSlots(slots: $0)) }
  }

  private init(slots: UnsafeMutableBufferPointer<Element>) {
    unsafe self.slots = unsafe slots
  }

  /// Sets slot `index`, which no other thread touches.
  ///
  /// - Precondition: `index` is in bounds.
  public func write(_ element: Element, at index: Int) {
    precondition(index >= 0 && index < count, "a slot of this array")
    unsafe slots[index] = element
  }

  /// Sets the slots from `start` on, which no other thread touches.
  ///
  /// - Precondition: they are in bounds.
  public func write(_ elements: [Element], from start: Int) { write(elements[...], from: start) }

  /// Sets the slots from `start` on, which no other thread touches.
  ///
  /// - Precondition: they are in bounds.
  public func write(_ elements: ArraySlice<Element>, from start: Int) {
    precondition(start >= 0 && start + elements.count <= count, "slots of this array")
    unsafe elements.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress, let slots = unsafe slots.baseAddress else { return }
      unsafe (slots + start).update(from: base, count: source.count)
    }
  }

  /// Hands out the slots of `range`, which no other thread touches, for the time of `body`.
  ///
  /// - Precondition: they are in bounds.
  func withSlots<Result>(
    _ range: Range<Int>, _ body: (UnsafeMutableBufferPointer<Element>) -> Result
  ) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "slots of this array")
    return unsafe body(UnsafeMutableBufferPointer(rebasing: slots[range]))
  }
}
