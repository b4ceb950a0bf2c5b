/// Memory that starts on a cache line and belongs to one owner.
@safe struct AlignedBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The first element.
  let base: UnsafeMutablePointer<Element>
  /// Elements that fit.
  let count: Int

  /// `count` elements of bits that are all zero.
  init(zeros count: Int) {
    let size = max(count, 1) * MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    // By bytes: where this is not specialized, elements would be set one by one.
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    unsafe base = memory.bindMemory(to: Element.self, capacity: max(count, 1))
    self.count = count
  }

  /// `count` elements with the value `initial`.
  init(count: Int, initial: Element) {
    self.init(zeros: count)
    fill(count: count, with: initial)
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
    unsafe values.withUnsafeBufferPointer { values in
      for index in values.indices { unsafe base[index] = Element(values[index]) }
    }
  }
}
