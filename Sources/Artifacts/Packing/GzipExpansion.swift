import CZlib

/// What can be wrong with a file packed by gzip.
public enum GzipError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file ends within a member.
  case truncated
  /// The bytes are not what gzip writes, or their checksum differs.
  case damaged

  /// What was found and needed, and what to do; without the name of the file, which the caller knows.
  public var description: String {
    switch self {
    case .truncated: "the gzip file is cut short, expected all of it; copy or download it again"
    case .damaged: "the gzip file is damaged, expected what gzip writes; copy or download it again"
    }
  }
}

/// Expands gzip (RFC 1952) piece by piece by zlib, and the only place that talks to it.
///
/// A file may have several members, which follow each other; zeros after the last one are padding.
///
/// `unsafe` covers the state, which is made and freed here and never leaves, and arrays' own buffers with their own
/// counts for the time of a call.
@safe public struct GzipExpansion: ~Copyable {
  /// The most bytes that ``next(_:)`` hands out at a time, however well they were packed.
  static let chunkSize = 1 << 20

  private let stream: UnsafeMutablePointer<z_stream>
  private var packed: [UInt8] = []
  private var position = 0
  private var isInMember = false

  /// Whether a file that begins with `head` is packed by gzip.
  public static func isPacked(_ head: [UInt8]) -> Bool { head.starts(with: [0x1F, 0x8B]) }

  /// The expansion of nothing yet.
  public init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let started = unsafe flukeStartExpansion(stream)
    precondition(started == Z_OK, "no memory to expand gzip")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The next expanded bytes; empty at the end.
  ///
  /// - Parameter refill: the next packed bytes; empty at the end.
  /// - Throws: ``GzipError``, what `refill` throws.
  public mutating func next(_ refill: () throws -> [UInt8]) throws -> [UInt8] {
    while true {
      if position == packed.count {
        packed = try refill()
        position = 0
        if packed.isEmpty {
          if isInMember { throw GzipError.truncated }
          return []
        }
      }
      if !isInMember {
        while position < packed.count, packed[position] == 0 { position += 1 }
        if position == packed.count { continue }
        unsafe inflateReset(stream)
        isInMember = true
      }
      let bytes = try expand()
      if !bytes.isEmpty { return bytes }
    }
  }

  /// Expands what one chunk has room for.
  private mutating func expand() throws(GzipError) -> [UInt8] {
    var code = Z_OK
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { output, count in
      unsafe packed.withUnsafeMutableBufferPointer { input in
        unsafe stream.pointee.next_in = input.baseAddress! + position
        unsafe stream.pointee.avail_in = uInt(input.count - position)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = uInt(Self.chunkSize)
        unsafe code = inflate(stream, Z_NO_FLUSH)
        unsafe position = input.count - Int(stream.pointee.avail_in)
      }
      unsafe count = Self.chunkSize - Int(stream.pointee.avail_out)
    }
    switch code {
    case Z_STREAM_END: isInMember = false
    case Z_OK, Z_BUF_ERROR: break
    default: throw .damaged
    }
    return bytes
  }
}
