namespace AnyFetch.Storage.Files;

/// <summary>Tells a full disk from other faults of reading and writing.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28;
    private const int QuotaUsedUpLinux = 122;
    private const int QuotaUsedUpMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool Is(IOException fault) =>
        fault.HResult is NoSpace or QuotaUsedUpLinux or QuotaUsedUpMac or WindowsDiskFull;
}
