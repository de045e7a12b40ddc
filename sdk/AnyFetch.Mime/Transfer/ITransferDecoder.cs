namespace AnyFetch.Mime.Transfer;

/// <summary>
/// Undoes a transfer encoding piece by piece. The output must be as long as the input; input that is not consumed is
/// shown again with
/// more behind it.
/// </summary>
internal interface ITransferDecoder
{
    /// <summary>Decodes what it can. With <paramref name="isLast"/> everything is consumed.</summary>
    void Decode(ReadOnlySpan<byte> input, bool isLast, Span<byte> output, out int consumed, out int written);
}
