using System.Globalization;
using System.Text.Json.Nodes;

namespace AnyFetch.Emulators.Google;

/// <summary>The messages of one emulated mailbox, and the history of their changes.</summary>
public sealed class MailBox(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<MailEntry> _messages = [];
    private readonly List<MailChange> _history = [];
    private int _ids = 0x1000;
    private long _forgotten;

    /// <summary>The id of the latest change.</summary>
    public long HistoryId
    {
        get
        {
            lock (_lock)
            {
                return 1000 + _forgotten + _history.Count;
            }
        }
    }

    /// <summary>A mail comes in; without a thread it begins one.</summary>
    public MailEntry Deliver(MailEntry mail)
    {
        lock (_lock)
        {
            var id = (++_ids).ToString("x16", CultureInfo.InvariantCulture);
            var date = mail.Date == default ? time.GetUtcNow().AddSeconds(_ids) : mail.Date;
            var placed = mail with { Id = id, Thread = mail.Thread.Length > 0 ? mail.Thread : id, Date = date };
            _messages.Add(placed);
            Note(placed);
            return _messages[^1];
        }
    }

    /// <summary>Changes the labels of all messages of a thread.</summary>
    public void Label(string thread, params string[] labels)
    {
        lock (_lock)
        {
            foreach (var message in _messages.Where(message => message.Thread == thread).ToList())
            {
                _messages[_messages.IndexOf(message)] = message with { Labels = labels };
                Note(message);
            }
        }
    }

    /// <summary>Deletes a message for good.</summary>
    public void Delete(string id)
    {
        lock (_lock)
        {
            var message = _messages.Single(candidate => candidate.Id == id);
            _messages.Remove(message);
            Note(message);
        }
    }

    /// <summary>Forgets the history, as Gmail does after some days.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _forgotten += _history.Count + 1;
            _history.Clear();
        }
    }

    /// <summary>The messages of a thread, oldest first; empty when there is none.</summary>
    public IReadOnlyList<MailEntry> Of(string thread)
    {
        lock (_lock)
        {
            return [.. _messages.Where(message => message.Thread == thread).OrderBy(message => message.Date)];
        }
    }

    /// <summary>One message; null when there is none.</summary>
    public MailEntry? Find(string id)
    {
        lock (_lock)
        {
            return _messages.Find(message => message.Id == id);
        }
    }

    /// <summary>The threads with a message outside of spam, bin and chats, newest first.</summary>
    public IReadOnlyList<string> Threads()
    {
        lock (_lock)
        {
            return
            [
                .. _messages.Where(message => !message.Labels.Any(label => label is "TRASH" or "SPAM" or "CHAT"))
                    .GroupBy(message => message.Thread).OrderByDescending(thread => thread.Max(message => message.Date))
                    .Select(thread => thread.Key),
            ];
        }
    }

    /// <summary>The last change of a thread.</summary>
    public long HistoryOf(string thread)
    {
        lock (_lock)
        {
            return _messages.Where(message => message.Thread == thread).Max(message => message.HistoryId);
        }
    }

    /// <summary>The changes after an id, and whether there are more; null when they are forgotten.</summary>
    public (IReadOnlyList<MailChange> Changes, bool HasMore)? Since(long id, int most)
    {
        lock (_lock)
        {
            if (id < 1000 + _forgotten)
            {
                return null;
            }

            var after = _history.Where(change => change.Id > id).ToList();
            return ([.. after.Take(most)], after.Count > most);
        }
    }

    private void Note(MailEntry message)
    {
        var id = 1001 + _forgotten + _history.Count;
        _history.Add(new MailChange(id, message.Id, message.Thread));
        var index = _messages.FindIndex(candidate => candidate.Id == message.Id);
        if (index >= 0)
        {
            _messages[index] = _messages[index] with { HistoryId = id };
        }
    }
}

/// <summary>One mail of an emulated mailbox.</summary>
public sealed record MailEntry(string From, string Subject, string? Text = null)
{
    public string Id { get; init; } = "";

    public string Thread { get; init; } = "";

    public long HistoryId { get; init; }

    public string To { get; init; } = "ann@gmail.test";

    public string? Cc { get; init; }

    public string? Html { get; init; }

    public DateTimeOffset Date { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = ["INBOX"];

    public IReadOnlyList<MailFile> Files { get; init; } = [];

    /// <summary>The body of the text is told under an id of its own, as long ones are.</summary>
    public bool IsTextApart { get; init; }

    /// <summary>The parts of the message when they are none of the usual ones.</summary>
    public JsonObject? Payload { get; init; }
}

/// <summary>One attachment.</summary>
public sealed record MailFile(string Name, byte[] Content, string Type = "application/octet-stream")
{
    /// <summary>Claims another size.</summary>
    public long? Size { get; init; }
}

/// <summary>One change of a mailbox.</summary>
public sealed record MailChange(long Id, string MessageId, string Thread);
