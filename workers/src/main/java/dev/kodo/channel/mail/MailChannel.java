package dev.kodo.channel.mail;

import dev.kodo.channel.Channel;
import dev.kodo.channel.Delivery;
import dev.kodo.channel.Notice;
import dev.kodo.config.KodoProperties;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Sends notices by e-mail. Every attempt carries the same {@code Message-ID}, made from the
 * notice's id, so that a mail that was sent twice is recognized as one.
 */
final class MailChannel implements Channel {
  /** The port on which a server speaks TLS from the first byte. */
  private static final int IMPLICIT_TLS = 465;

  private final KodoProperties.Mail settings;
  private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

  MailChannel(KodoProperties.Mail settings, @Nullable String password) {
    this.settings = settings;
    sender.setHost(settings.host());
    sender.setPort(settings.port());
    sender.setUsername(settings.user());
    sender.setPassword(password);
    sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
    sender.setJavaMailProperties(connection());
  }

  @Override
  public String id() {
    return "mail";
  }

  @Override
  public Delivery send(Notice notice) {
    try {
      sender.send(message(notice));
      return new Delivery.Delivered();
    } catch (MailAuthenticationException refused) {
      // The server's words may repeat what was sent to it; they are not told.
      return new Delivery.Refused("The mail server refused the user or the password.");
    } catch (MailException failure) {
      return new Delivery.TryAgain("The mail server did not take the mail: " + why(failure));
    } catch (MessagingException malformed) {
      return new Delivery.Refused("The mail could not be written: " + malformed.getMessage());
    }
  }

  private MimeMessage message(Notice notice) throws MessagingException {
    MimeMessage message = new IdentifiedMessage(sender, messageId(notice));
    MimeMessageHelper mail = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
    mail.setFrom(settings.from());
    mail.setTo(settings.to());
    mail.setSubject(notice.subject());
    mail.setText(notice.body());
    mail.setSentDate(Date.from(notice.createdAt()));
    return message;
  }

  private String messageId(Notice notice) {
    return "<%s.%d@kodo>".formatted(notice.noticeId(), notice.createdAt().toEpochMilli());
  }

  private Properties connection() {
    String millis = String.valueOf(settings.timeout().toMillis());
    boolean login = settings.user() != null;
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.auth", String.valueOf(login));
    if (settings.port() == IMPLICIT_TLS) {
      properties.setProperty("mail.smtp.ssl.enable", "true");
    } else {
      properties.setProperty("mail.smtp.starttls.enable", "true");
      // A password never crosses a network in the clear.
      properties.setProperty(
          "mail.smtp.starttls.required", String.valueOf(login && !isLoopback(settings.host())));
    }
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    return properties;
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static String why(MailException failure) {
    Throwable cause = failure.getMostSpecificCause();
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
