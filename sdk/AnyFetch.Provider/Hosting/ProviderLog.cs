using AnyFetch.Provider.Running;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Provider.Hosting;

/// <summary>What the library logs. Accounts are named by number: never a token, a path or a file's name.</summary>
internal sealed partial class ProviderLog(ILogger logger)
{
    public ILogger Logger => logger;

    [LoggerMessage(3001, LogLevel.Information, "Run {Run} of account {Account} starts ({Reason}).")]
    public partial void RunStarted(long account, long run, string reason);

    [LoggerMessage(3002, LogLevel.Information,
        "Run {Run} of account {Account} ends: {End}; seen {Seen}, sent {Sent}, deleted {Deleted}, failed {Failed}.")]
    public partial void RunEnded(long account, long run, RunEnd end, long seen, long sent, long deleted, long failed);

    [LoggerMessage(3003, LogLevel.Warning, "Listing account {Account} failed: {Code}. {Reason}")]
    public partial void ListingFailed(long account, string code, string reason, Exception? failure);

    [LoggerMessage(3004, LogLevel.Information, "The cursor of account {Account} expired: listing everything.")]
    public partial void CursorExpired(long account);

    [LoggerMessage(3005, LogLevel.Warning, "The core refused account {Account} {Refusals} times in a row: {Code}.")]
    public partial void CoreBusy(long account, int refusals, string code);

    [LoggerMessage(3006, LogLevel.Debug, "An item of account {Account} failed at {Stage}: {Code}.")]
    public partial void ItemFailed(long account, string stage, string code);

    [LoggerMessage(3007, LogLevel.Warning, "Telling the core about account {Account} failed: {Code}.")]
    public partial void NoticeFailed(long account, string code);

    [LoggerMessage(3008, LogLevel.Error, "A run of account {Account} stopped because of a fault.")]
    public partial void RunFaulted(long account, Exception failure);

    [LoggerMessage(3009, LogLevel.Warning, "Watching account {Account} stopped and starts again later: {Code}. {Reason}")]
    public partial void WatchStopped(long account, string code, string reason);

    [LoggerMessage(3010, LogLevel.Warning, "A connection failed: {Code}.")]
    public partial void ConnectFailed(string code);

    [LoggerMessage(3011, LogLevel.Warning, "Revoking the grant of account {Account} at the source failed: {Code}.")]
    public partial void RevokeFailed(long account, string code);

    [LoggerMessage(3012, LogLevel.Information, "Provider {Name} is ready; {Accounts} accounts, {Resumed} runs resumed.")]
    public partial void Ready(string name, int accounts, int resumed);

    [LoggerMessage(3013, LogLevel.Error, "A request failed because of a fault.")]
    public partial void RequestFaulted(Exception failure);

    [LoggerMessage(3014, LogLevel.Critical, "Provider {Name} cannot start.")]
    public partial void CannotStart(string name, Exception failure);

    [LoggerMessage(3015, LogLevel.Information, "The source's notices for account {Account} are ordered; the next renewal is at {RenewAt}.")]
    public partial void Subscribed(long account, DateTimeOffset renewAt);

    [LoggerMessage(3016, LogLevel.Warning,
        "Ordering the source's notices for account {Account} failed, and is tried again: {Code}. {Reason}")]
    public partial void SubscribeFailed(long account, string code, string reason);

    [LoggerMessage(3017, LogLevel.Warning, "Ending the source's notices for account {Account} failed: {Code}. {Reason}")]
    public partial void UnsubscribeFailed(long account, string code, string reason);
}
