import CCrypto

/// The SHA-256 digest (FIPS 180-4) of bytes that arrive piece by piece, computed by libcrypto.
///
/// `unsafe` covers the context, which is made and freed here and never leaves, and an array's own buffer with
/// its own count for the time of a call. The calls can fail only for lack of memory or a libcrypto without
/// SHA-256, hence the preconditions.
@safe public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// The digest of nothing yet.
  public init() {
    guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("no memory for a digest") }
    unsafe self.context = unsafe context
    let started = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(started == 1, "libcrypto has no SHA-256")
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Appends `bytes` to what is digested.
  public mutating func update(_ bytes: [UInt8]) { update(bytes[...]) }

  /// Appends `bytes` to what is digested.
  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    let updated = unsafe bytes.withUnsafeBytes { buffer in
      unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
    precondition(updated == 1, "libcrypto cannot digest")
  }

  /// The digest of all bytes as 64 lower-case hexadecimal digits.
  public consuming func finish() -> String { Self.hexDigits(finishBytes()) }

  /// The digest of all bytes, 32 of them.
  public consuming func finishBytes() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let finished = unsafe digest.withUnsafeMutableBufferPointer { buffer in
      unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
    }
    precondition(finished == 1, "libcrypto cannot digest")
    return digest
  }

  /// The digest of `bytes`.
  public static func hexDigest(of bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finish()
  }

  /// `bytes` as lower-case hexadecimal digits.
  static func hexDigits(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The code (HMAC, RFC 2104) by which whoever has `key` knows that `message` is from one who has it too.
  static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: 32)
    let made = unsafe code.withUnsafeMutableBufferPointer { buffer in
      unsafe key.withUnsafeBytes { key in
        unsafe HMAC(
          EVP_sha256(), key.baseAddress, Int32(key.count), message, message.count, buffer.baseAddress, nil)
      }
    }
    unsafe precondition(made != nil, "libcrypto cannot authenticate")
    return code
  }
}
