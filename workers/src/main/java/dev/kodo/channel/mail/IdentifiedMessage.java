package dev.kodo.channel.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A mail that keeps the id it was given; others get a new one whenever they are saved. */
final class IdentifiedMessage extends MimeMessage {
  private final String messageId;

  IdentifiedMessage(JavaMailSenderImpl sender, String messageId) {
    super(sender.getSession());
    this.messageId = messageId;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
