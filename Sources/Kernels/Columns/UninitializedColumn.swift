extension [Double] {
  /// A column over `bars` bars that is undefined before bar `first` and written by `body` from there on, which gets the
  /// address of bar 0 and is not called where nothing is left to write.
  init(bars: Int, undefinedBefore first: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) {
    unsafe self.init(unsafeUninitializedCapacity: bars) { column, count in
      count = bars
      for bar in 0..<Swift.min(first, bars) { unsafe column[bar] = .nan }
      guard first < bars, let column = column.baseAddress else { return }
      unsafe body(column)
    }
  }
}

extension [[Double]] {
  /// Columns over `bars` bars, of which column i is undefined before bar `first[i]` and written by `body` from there on,
  /// all of them at once. It gets the addresses of their bars 0, those of columns with nothing left to write included.
  init(
    bars: Int, undefinedBefore first: [Int],
    _ body: (_ addresses: [UnsafeMutablePointer<Double>?]) -> Void
  ) {
    self = []
    var addresses: [UnsafeMutablePointer<Double>?] = unsafe []
    unsafe Self.nest(bars, first[...], &addresses, body, into: &self)
    reverse()
  }

  /// Makes one column and within it the others, so that there is a time when all of them can be written; the last comes
  /// first.
  private static func nest(
    _ bars: Int, _ first: ArraySlice<Int>, _ addresses: inout [UnsafeMutablePointer<Double>?],
    _ body: ([UnsafeMutablePointer<Double>?]) -> Void, into columns: inout [[Double]]
  ) {
    guard let undefined = first.first else { return unsafe body(addresses) }
    let column = unsafe [Double](unsafeUninitializedCapacity: bars) { column, count in
      count = bars
      for bar in 0..<Swift.min(undefined, bars) { unsafe column[bar] = .nan }
      unsafe addresses.append(column.baseAddress)
      unsafe nest(bars, first.dropFirst(), &addresses, body, into: &columns)
    }
    columns.append(column)
  }
}
