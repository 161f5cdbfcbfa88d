package dev.kodo.process.lint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.w3c.dom.Document;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML that a stranger may have written: no document types (hence no entities and nothing
 * fetched from outside), no endless nesting.
 */
final class SafeXml {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final int DEEPEST = 60;
  private static final int MOST_ELEMENTS = 20_000;

  private SafeXml() {}

  /**
   * @throws SAXException the content is no well-formed XML, or not of a kind that is accepted
   */
  static Document parse(byte[] content) throws SAXException {
    try {
      SAXParserFactory parsers = SAXParserFactory.newInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature(NO_DOCTYPE, true);
      parsers.newSAXParser().parse(new ByteArrayInputStream(content), new Limits());
      DocumentBuilderFactory builders = DocumentBuilderFactory.newInstance();
      builders.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      builders.setFeature(NO_DOCTYPE, true);
      builders.setNamespaceAware(true);
      return builders.newDocumentBuilder().parse(new ByteArrayInputStream(content));
    } catch (IOException notUtf8) {
      throw new SAXException(String.valueOf(notUtf8.getMessage()), notUtf8);
    } catch (ParserConfigurationException jdkCannot) {
      throw new IllegalStateException("The XML parser of this JDK cannot be made safe.", jdkCannot);
    }
  }

  /** Stops before a tree is built that no diagram needs. */
  private static final class Limits extends DefaultHandler {
    private int depth;
    private int elements;

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes)
        throws SAXException {
      depth++;
      elements++;
      if (depth > DEEPEST) {
        throw new SAXException("its elements are nested deeper than " + DEEPEST + " levels");
      }
      if (elements > MOST_ELEMENTS) {
        throw new SAXException("it has more than " + MOST_ELEMENTS + " elements");
      }
    }

    @Override
    public void endElement(String uri, String localName, String name) {
      depth--;
    }

    @Override
    public void fatalError(SAXParseException error) throws SAXException {
      throw new SAXException("line " + error.getLineNumber() + ": " + error.getMessage(), error);
    }
  }
}
