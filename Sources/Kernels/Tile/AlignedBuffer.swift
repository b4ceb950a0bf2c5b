/// Memory that starts on a cache line and belongs to one owner.
@safe struct AlignedBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The first element.
  let base: UnsafeMutablePointer<Element>
  /// Elements that fit.
  let count: Int

  init(count: Int, initial: Element) {
    let size = max(count, 1) * MemoryLayout<Element>.stride
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
      .bindMemory(to: Element.self, capacity: max(count, 1))
    unsafe base.initialize(repeating: initial, count: max(count, 1))
    self.count = count
  }

  /// Sets `count` elements from `start` to `value`.
  func fill(from start: Int = 0, count: Int, with value: Element) {
    precondition(start >= 0 && start + count <= self.count, "inside of the buffer")
    unsafe (base + start).update(repeating: value, count: count)
  }

  deinit {
    unsafe base.deallocate()
  }
}

extension AlignedBuffer where Element: BinaryFloatingPoint {
  /// Sets the first elements to `values`, rounded.
  func copy(_ values: [Double]) {
    precondition(values.count <= count, "inside of the buffer")
    for (index, value) in values.enumerated() { unsafe base[index] = Element(value) }
  }
}
