package dev.kodo.channel.log;

import dev.kodo.channel.Channel;
import dev.kodo.channel.Delivery;
import dev.kodo.channel.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes notices into the log of the workers, where {@code kodo logs workers} shows them. */
@Component
class LogChannel implements Channel {
  private static final Logger LOG = LoggerFactory.getLogger(LogChannel.class);

  @Override
  public String id() {
    return "log";
  }

  @Override
  public Delivery send(Notice notice) {
    LOG.warn("{} ({})\n{}", notice.subject(), notice.noticeId(), notice.body());
    return new Delivery.Delivered();
  }
}
